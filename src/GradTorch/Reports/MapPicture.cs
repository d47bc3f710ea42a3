using System.Globalization;
using GradTorch.Analysis.Maps;

namespace GradTorch.Reports;

/// <summary>What becomes of the gradient over two numbers: a picture of a map's folder, not of runs.</summary>
public static class MapPicture
{
    public const string Name = "map";

    public const string Meaning = "of the folder of one map: the fate of the gradient in each cell, and theory's critical line";

    private static readonly Dictionary<string, string> Labels = new()
    {
        ["model:init:weightVariance"] = "σw² = fan_in · var(W)",
        ["model:init:biasVariance"] = "σb² = var(b)",
        ["model:init:gain"] = "gain of initial weights",
        ["model:recurrentInit:weightVariance"] = "σw² of recurrent weights",
        ["model:recurrentInit:gain"] = "gain of recurrent weights",
        ["model:activation:slope"] = "n of tanh(nx)",
        ["model:activation:backwardScale"] = "k of the surrogate",
        ["training:optimizer:lr"] = "learning rate η",
        ["training:clip:threshold"] = "clip threshold of the gradient",
    };

    public static Picture Of(StoredMap map)
    {
        var record = map.Of;
        return new Picture(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{record.Name}: fate of the gradient {record.When}, {record.X.Values.Count} × {record.Y.Values.Count} cells, {record.Seeds} {(record.Seeds == 1 ? "seed" : "seeds")} each"),
            [new MapPanel("", Axis(record.X), Axis(record.Y), map)], Caption(map));
    }

    private static Axis Axis(MapAxisRecord axis) => new(
        Labels.TryGetValue(axis.Key, out var label) ? $"{label}  ({axis.Key})" : axis.Key, axis.Logarithmic ? AxisScale.Logarithmic : AxisScale.Linear);

    private static string Caption(StoredMap map)
    {
        var (record, limits) = (map.Of, map.Of.Limits);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"Each cell as measured: the fate of most of its seeds. Vanishing: ‖δ‖ of the first {record.Unit} is up to {limits.Vanishing} of that of the last; exploding: from {limits.Exploding} times on.");
        if (map.Diverged > 0) text += string.Create(CultureInfo.InvariantCulture, $" {map.Diverged:N0} of {map.Cells.Sum(cell => cell.Seeds.Count):N0} networks diverged and count as exploding.");
        if (!map.IsComplete) text += string.Create(CultureInfo.InvariantCulture, $" {record.Cells - map.Cells.Count:N0} of {record.Cells:N0} cells are not computed.");
        return record.Critical switch
        {
            { Obstacle: { } obstacle } => $"{text} No critical line: {obstacle}.",
            { Points.Count: 0 } => $"{text} The critical line of theory does not cross this map.",
            _ => text,
        };
    }
}
