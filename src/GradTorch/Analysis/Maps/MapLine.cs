using System.Globalization;
using GradTorch.Analysis.Verdicts;

namespace GradTorch.Analysis.Maps;

/// <summary>A point as a line of a map's file: <c>x,y,seed,fate,ln_ratio,slope,diverged_step</c>, where x and y are numbers of values, and
/// what there is none of is empty.</summary>
internal static class MapLine
{
    public const string Header = "x,y,seed,fate,ln_ratio,slope,diverged_step\n";

    public static string Of(MapPoint point) => string.Create(
        CultureInfo.InvariantCulture,
        $"{point.X},{point.Y},{point.Seed},{point.Fate.Name()},{point.LogRatio:R},{point.Slope:R},{point.DivergedStep}\n");

    /// <returns>Null where it is no such line, as the last one of a file may be.</returns>
    public static MapPoint? Parse(string line)
    {
        var cells = line.Split(',');
        if (cells.Length != 7 || !Enum.TryParse<GradientFate>(cells[3], ignoreCase: true, out var fate)) return null;
        var isWhole = Whole(cells[0], out var x) & Whole(cells[1], out var y) & Whole(cells[2], out var seed) & Number(cells[4], out var logRatio)
            & (Number(cells[5], out var slope) | cells[5].Length == 0) & (Whole(cells[6], out var step) | cells[6].Length == 0);
        return isWhole
            ? new MapPoint((int)x, (int)y, seed, fate, logRatio, cells[5].Length == 0 ? null : slope, cells[6].Length == 0 ? null : step)
            : null;
    }

    private static bool Whole(string text, out long value) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static bool Number(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
