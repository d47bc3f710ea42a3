using GradTorch.Cli.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace GradTorch.Cli.Progress;

/// <summary>One picture of a run that goes on, of lines that fit the terminal.</summary>
internal static class LivePicture
{
    private const int WidestBar = 40;

    public static IRenderable Of(RunState state, Pace pace, TimeSpan elapsed, int width)
    {
        var lines = new List<IRenderable>
        {
            Line($"[bold]{Markup.Escape(RunLines.Title(state))}[/]"),
            Line($"{Bar(pace.Fraction, Math.Min(WidestBar, width / 4))} {Markup.Escape(RunLines.Steps(state, pace))}  [dim]{NumberText.Duration(elapsed)}[/]"),
        };
        lines.AddRange(new[] { RunLines.Training(state), RunLines.Test(state) }
            .Where(text => text.Length > 0).Select(text => Line(Markup.Escape(text))));
        if (state.Norms.Count > 0) lines.AddRange(Gradients(state, width));
        if (!state.Diverged.IsEmpty) lines.Add(Line($"[yellow]{Markup.Escape(RunLines.Diverged(state))}[/]"));
        return new Rows(lines);
    }

    private static IEnumerable<IRenderable> Gradients(RunState state, int width)
    {
        var line = LayerSparkline.Of(state.Norms, width - 1);
        var scale = double.IsNaN(line.Min)
            ? ""
            : $", {NumberText.Scientific(line.Min)} to {NumberText.Scientific(line.Max)}";
        yield return Line(Markup.Escape(
            $"‖∂L/∂W‖ by layer at step {NumberText.Count(state.GradientStep)}{scale}{Marks(line)}"));
        yield return Line(string.Concat(line.Blocks.Select(Coloured)));
    }

    private static string Marks(LayerSparkline line) =>
        (line.ZeroLayers > 0 ? $"; {LayerSparkline.Zero}: exactly 0 in {NumberText.Plural(line.ZeroLayers, "layer")}" : "")
        + (line.NotFiniteLayers > 0
            ? $"; {LayerSparkline.NotFinite}: not finite in {NumberText.Plural(line.NotFiniteLayers, "layer")}"
            : "");

    private static string Coloured(char block) => block switch
    {
        LayerSparkline.NotFinite => $"[red]{block}[/]",
        LayerSparkline.Zero => $"[yellow]{block}[/]",
        _ => $"[green]{block}[/]",
    };

    private static string Bar(double fraction, int width)
    {
        var full = (int)Math.Round(Math.Clamp(fraction, 0, 1) * width);
        return $"[green]{new string('━', full)}[/][dim]{new string('─', width - full)}[/]";
    }

    private static Markup Line(string markup) => new(markup) { Overflow = Overflow.Ellipsis };
}
