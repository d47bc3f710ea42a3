using GradTorch.Analysis.Verdicts;
using GradTorch.Cli.Map;
using GradTorch.Cli.Terminals;
using Spectre.Console;

namespace GradTorch.Cli.Output;

/// <summary>A map as a picture: x to the right, y upwards.</summary>
internal static class MapView
{
    public static void Show(ComputedMap map, Screen screen)
    {
        var (x, y) = (map.Plan.X, map.Plan.Y);
        var (top, bottom) = (NumberText.General(y.To), NumberText.General(y.From));
        var margin = Math.Max(top.Length, bottom.Length) + 2;
        var every = Math.Max(1, (x.Count + screen.Width - margin - 2) / (screen.Width - margin - 1));
        var inColour = screen.Console.Profile.Capabilities.ColorSystem != ColorSystem.NoColors;
        var lines = MapPicture.Lines(Rows(map, every), inColour);
        var picture = new Grid().AddColumn(new GridColumn { Width = margin - 1, Padding = new Padding(0), Alignment = Justify.Right, NoWrap = true })
            .AddColumn(new GridColumn { Padding = new Padding(1, 0, 0, 0), NoWrap = true });
        for (var line = 0; line < lines.Count; line++)
            picture.AddRow(new Text(line == 0 ? top : line == lines.Count - 1 ? bottom : ""), lines[line]);
        screen.Line($"{y.Key}{Scale(y.IsLogarithmic)}");
        screen.Show(picture);
        var width = (x.Count + every - 1) / every;
        var (left, right) = (NumberText.General(x.From), NumberText.General(x.To));
        screen.Line($"{new string(' ', margin)}{left}{new string(' ', Math.Max(1, width - left.Length - right.Length))}{right}  {x.Key}{Scale(x.IsLogarithmic)}");
        screen.Line();
        Legend(map, every, inColour, screen);
    }

    /// <summary>Every n-th cell, the largest y first. A cell that is not computed yet has no mark.</summary>
    private static IReadOnlyList<IReadOnlyList<MapMark>> Rows(ComputedMap map, int every)
    {
        var fates = map.Cells.ToDictionary(cell => (cell.X, cell.Y), cell => cell.Fate);
        IEnumerable<int> Shown(int count) => Enumerable.Range(0, (count + every - 1) / every).Select(index => index * every);
        MapMark At(int x, int y) => fates.TryGetValue((x, y), out var fate) ? MapMark.Of(fate) : MapMark.Nothing;
        return [.. Shown(map.Plan.Y.Count).Reverse().Select(y => (MapMark[])[.. Shown(map.Plan.X.Count).Select(x => At(x, y))])];
    }

    private static void Legend(ComputedMap map, int every, bool inColour, Screen screen)
    {
        var (x, y, seeds) = (map.Plan.X.Count, map.Plan.Y.Count, map.Plan.Experiment.Seeds.Count);
        foreach (var fate in Enum.GetValues<GradientFate>())
        {
            var mark = MapMark.Of(fate);
            screen.Show(
                inColour ? "█" : mark.Letter.ToString(), mark.Colour.ToMarkup(),
                $" {fate.Name()} in {NumberText.Plural(map.Cells.Count(cell => cell.Fate == fate), "cell")}");
        }
        var (limits, split) = (ProbeVerdict.LimitsOf(map.Plan.Experiment), map.Cells.Count(cell => cell.Seeds.Any(point => point.Fate != cell.Fate)));
        screen.Line(FormattableString.Invariant($"{x} × {y} cells, {NumberText.Plural(seeds, "seed")} each, at initialisation")
            + (seeds > 1 ? $"; a cell has the fate of most of its seeds, which differ in {NumberText.Plural(split, "cell")}" : ""));
        if (every > 1) screen.Line($"the picture shows every {Ordinal(every)} cell along either axis; a wider terminal shows more, --out and --json have all");
        screen.Line(VerdictView.Legend("layer or timestep", limits));
        screen.Line($"cells: {map.Folder}");
    }

    private static string Scale(bool isLogarithmic) => isLogarithmic ? " (logarithmic)" : "";

    private static string Ordinal(int number) => number switch { 2 => "2nd", 3 => "3rd", _ => FormattableString.Invariant($"{number}th") };
}
