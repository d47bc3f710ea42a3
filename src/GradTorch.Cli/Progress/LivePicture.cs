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
        if (state.Norms.Count > 0 && !HasOneRecurrentLayer(state))
            lines.AddRange(Gradients("‖∂L/∂W‖ by layer", "layer", state.Norms, state.GradientStep, width));
        if (state.TimestepNorms.Count > 0)
        {
            var layer = state.Overview.Layers[state.Overview.RecurrentLayers - 1];
            lines.AddRange(Gradients($"‖∂L/∂h_t‖ by timestep in {layer}", "timestep", state.TimestepNorms, state.GradientStep, width));
        }
        if (!state.Diverged.IsEmpty) lines.Add(Line($"[yellow]{Markup.Escape(RunLines.Diverged(state))}[/]"));
        return new Rows(lines);
    }

    /// <summary>Then there is nothing to see between layers, and all of it is between timesteps.</summary>
    private static bool HasOneRecurrentLayer(RunState state) => state.Overview is { RecurrentLayers: 1, Layers.Count: 2 };

    private static IEnumerable<IRenderable> Gradients(
        string what, string one, IReadOnlyList<double> norms, long step, int width)
    {
        var line = NormSparkline.Of(norms, width - 1);
        var scale = double.IsNaN(line.Min)
            ? ""
            : $", {NumberText.Scientific(line.Min)} to {NumberText.Scientific(line.Max)}";
        yield return Line(Markup.Escape(
            $"{what} at step {NumberText.Count(step)}{scale}{Marks(line, one)}"));
        yield return Line(string.Concat(line.Blocks.Select(Coloured)));
    }

    private static string Marks(NormSparkline line, string one) =>
        (line.Zeros > 0 ? $"; {NormSparkline.Zero}: exactly 0 in {NumberText.Plural(line.Zeros, one)}" : "")
        + (line.NotFinites > 0
            ? $"; {NormSparkline.NotFinite}: not finite in {NumberText.Plural(line.NotFinites, one)}"
            : "");

    private static string Coloured(char block) => block switch
    {
        NormSparkline.NotFinite => $"[red]{block}[/]",
        NormSparkline.Zero => $"[yellow]{block}[/]",
        _ => $"[green]{block}[/]",
    };

    private static string Bar(double fraction, int width)
    {
        var full = (int)Math.Round(Math.Clamp(fraction, 0, 1) * width);
        return $"[green]{new string('━', full)}[/][dim]{new string('─', width - full)}[/]";
    }

    private static Markup Line(string markup) => new(markup) { Overflow = Overflow.Ellipsis };
}
