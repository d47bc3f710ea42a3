using System.Globalization;
using System.Text;
using GradTorch.Analysis.Maps;
using GradTorch.Analysis.Verdicts;

namespace GradTorch.Cli.Output;

/// <summary>A map as comma-separated values, a row for each network: values of x and y, seed, fate, ln ratio, slope, the step at which it
/// diverged, and whether theory's critical line passes through the cell, 1 or 0, empty where theory does not cover the map.</summary>
internal static class MapCsv
{
    public static string Of(StoredMap map)
    {
        var text = new StringBuilder("x,y,seed,fate,ln_ratio,slope,diverged_step,critical\n");
        var (record, crossed) = (map.Of, map.Of.Critical.Cells(map.Of.X, map.Of.Y));
        foreach (var point in map.Cells.SelectMany(cell => cell.Seeds))
        {
            var (x, y) = (record.X.Values[point.X], record.Y.Values[point.Y]);
            var critical = record.Critical.Obstacle is not null ? "" : crossed.Contains((point.X, point.Y)) ? "1" : "0";
            text.Append(
                CultureInfo.InvariantCulture,
                $"{x:R},{y:R},{point.Seed},{point.Fate.Name()},{point.LogRatio:R},{point.Slope:R},{point.DivergedStep},{critical}\n");
        }
        return text.ToString();
    }
}
