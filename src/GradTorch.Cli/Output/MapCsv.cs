using System.Globalization;
using System.Text;
using GradTorch.Analysis.Verdicts;
using GradTorch.Cli.Map;

namespace GradTorch.Cli.Output;

/// <summary>A map as comma-separated values, a row for each network: values of x and y, seed, fate, ln ratio, slope.</summary>
internal static class MapCsv
{
    public static string Of(ComputedMap map)
    {
        var text = new StringBuilder("x,y,seed,fate,ln_ratio,slope\n");
        foreach (var point in map.Cells.SelectMany(cell => cell.Seeds))
        {
            var (x, y) = (map.Plan.X.Values[point.X], map.Plan.Y.Values[point.Y]);
            text.Append(
                CultureInfo.InvariantCulture,
                $"{x:R},{y:R},{point.Seed},{point.Fate.Name()},{point.LogRatio:R},{point.Slope:R}\n");
        }
        return text.ToString();
    }
}
