using GradTorch.Analysis.Maps;
using GradTorch.Cli.Map;
using GradTorch.Cli.Terminals;
using Spectre.Console;

namespace GradTorch.Cli.Output;

/// <summary>A map as a picture: x to the right, y upwards.</summary>
internal static class MapView
{
    public static void Show(StoredMap map, Screen screen)
    {
        var (x, y) = (map.Of.X, map.Of.Y);
        var (top, bottom) = (NumberText.General(y.Values[^1]), NumberText.General(y.Values[0]));
        var margin = Math.Max(top.Length, bottom.Length) + 2;
        var every = Math.Max(1, (x.Values.Count + screen.Width - margin - 2) / (screen.Width - margin - 1));
        var inColour = screen.Console.Profile.Capabilities.ColorSystem != ColorSystem.NoColors;
        var lines = BlockPicture.Lines(Rows(map, every), inColour);
        var picture = new Grid().AddColumn(new GridColumn { Width = margin - 1, Padding = new Padding(0), Alignment = Justify.Right, NoWrap = true })
            .AddColumn(new GridColumn { Padding = new Padding(1, 0, 0, 0), NoWrap = true });
        for (var line = 0; line < lines.Count; line++)
            picture.AddRow(new Text(line == 0 ? top : line == lines.Count - 1 ? bottom : ""), lines[line]);
        screen.Line($"{y.Key}{Scale(y.Logarithmic)}");
        screen.Show(picture);
        var width = (x.Values.Count + every - 1) / every;
        var (left, right) = (NumberText.General(x.Values[0]), NumberText.General(x.Values[^1]));
        screen.Line($"{new string(' ', margin)}{left}{new string(' ', Math.Max(1, width - left.Length - right.Length))}{right}  {x.Key}{Scale(x.Logarithmic)}");
        screen.Line();
        Legend(map, every, inColour, screen);
    }

    /// <summary>Every n-th cell, the largest y first. A cell that is not computed yet has no mark.</summary>
    private static IReadOnlyList<IReadOnlyList<MapMark>> Rows(StoredMap map, int every)
    {
        var fates = map.Cells.ToDictionary(cell => (cell.X, cell.Y), cell => cell.Fate);
        // The line of what is left out belongs to the next cell that is shown.
        var crossed = map.Of.Critical.Cells(map.Of.X, map.Of.Y).Select(cell => (cell.X / every, cell.Y / every)).ToHashSet();
        IEnumerable<int> Shown(int count) => Enumerable.Range(0, (count + every - 1) / every);
        MapMark At(int x, int y) => !fates.TryGetValue((x * every, y * every), out var fate) ? MapMark.Nothing
            : crossed.Contains((x, y)) ? MapMark.Of(fate).OnLine : MapMark.Of(fate);
        return [.. Shown(map.Of.Y.Values.Count).Reverse().Select(y => (MapMark[])[.. Shown(map.Of.X.Values.Count).Select(x => At(x, y))])];
    }

    private static void Legend(StoredMap map, int every, bool inColour, Screen screen)
    {
        var (record, counts) = (map.Of, map.Cells.CountBy(cell => cell.Fate).ToDictionary());
        foreach (var fate in Enum.GetValues<MapFate>())
        {
            if (counts.GetValueOrDefault(fate) is var count && count == 0 && fate is MapFate.Diverged or MapFate.Undecided) continue;
            var mark = MapMark.Of(fate);
            screen.Show(inColour ? "█" : mark.Letter.ToString(), mark.Colour.ToMarkup(), $" {NameOf(fate, record)} in {NumberText.Plural(count, "cell")}");
        }
        ShowCritical(record, inColour, screen);
        var split = map.Cells.Count(cell => cell.Seeds.Any(point => point.Fate != cell.Seeds[0].Fate));
        screen.Line(FormattableString.Invariant($"{record.X.Values.Count} × {record.Y.Values.Count} cells, {NumberText.Plural(record.Seeds, "seed")} each, {record.When}")
            + (record.Seeds > 1 ? $"; a cell has the fate of most of its seeds, which differ in {NumberText.Plural(split, "cell")}" : ""));
        if (map.Diverged > 0)
            screen.Line($"{NumberText.Count(map.Diverged)} of {NumberText.Plural(map.Cells.Sum(cell => cell.Seeds.Count), "network")} diverged (NaN or infinite) before that and count as exploding");
        if (every > 1) screen.Line($"the picture shows every {Ordinal(every)} cell along either axis; a wider terminal shows more, --out and --json have all");
        screen.Line(VerdictView.Legend(record.Unit, record.Limits));
        screen.Line($"cells: {map.Folder}");
    }

    private static string NameOf(MapFate fate, MapRecord record) => fate switch
    {
        MapFate.Diverged => $"exploding, most of it diverged before step {NumberText.Count(record.Steps)},",
        MapFate.Undecided => "undecided, as many seeds for one fate as for another,",
        _ => fate.Name(),
    };

    private static void ShowCritical(MapRecord record, bool inColour, Screen screen)
    {
        var theory = record.Critical;
        screen.Line(
            theory.Obstacle is { } obstacle ? $"no critical line: {obstacle}"
            : theory.Points.Count == 0 ? "the critical line of theory, χ₁ = 1 at initialisation, does not cross this map"
            : $"{(inColour ? "darker" : string.Join(' ', Enum.GetValues<MapFate>().Select(fate => MapMark.Of(fate).Crossed)) + "  instead")} where the critical line of theory passes, χ₁ = 1 at initialisation");
    }

    private static string Scale(bool isLogarithmic) => isLogarithmic ? " (logarithmic)" : "";

    private static string Ordinal(int number) => number switch { 2 => "2nd", 3 => "3rd", _ => FormattableString.Invariant($"{number}th") };
}
