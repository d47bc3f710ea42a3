using GradTorch.Analysis.Maps;
using GradTorch.Analysis.Verdicts;

namespace GradTorch.Cli.Output;

/// <summary>A map as JSON.</summary>
/// <param name="Complete">Whether all cells are there.</param>
/// <param name="Steps">Of training before the gradient was measured; 0 at initialisation.</param>
/// <param name="Diverged">Networks that diverged before that.</param>
/// <param name="Critical">Where theory has χ₁ = 1 at initialisation, piece after piece.</param>
/// <param name="NoCritical">Why theory does not cover the map; null if it does.</param>
/// <param name="Cells">In the order of y, then x.</param>
internal sealed record MapDocument(
    string Name, string Folder, bool Complete, long Steps, MapAxisRecord X, MapAxisRecord Y, GradientLimits Limits, int Diverged,
    IReadOnlyList<CriticalCurve.Point> Critical, string? NoCritical, IReadOnlyList<MapDocument.Cell> Cells)
{
    public static MapDocument Of(StoredMap map)
    {
        var (record, x, y) = (map.Of, map.Of.X.Values, map.Of.Y.Values);
        return new MapDocument(
            record.Name, map.Folder, map.IsComplete, record.Steps, record.X, record.Y, record.Limits, map.Diverged, record.Critical.Points,
            record.Critical.Obstacle,
            [.. map.Cells.Select(cell => new Cell(x[cell.X], y[cell.Y], cell.Fate, cell.LogRatio, [.. cell.Seeds.Select(Network.Of)]))]);
    }

    /// <param name="X">Its value.</param>
    /// <param name="Y">Its value.</param>
    /// <param name="Fate">That of most seeds.</param>
    /// <param name="LnRatio">The median over the seeds; NaN where one diverged.</param>
    internal sealed record Cell(double X, double Y, MapFate Fate, double LnRatio, IReadOnlyList<Network> Seeds);

    /// <param name="LnRatio">ln of ‖δ‖ of the first layer or timestep by that of the last; NaN where it diverged.</param>
    /// <param name="Slope">Of ln‖δ‖; null of fewer than two places, and where it diverged.</param>
    /// <param name="DivergedStep">The update that it could not do; null where it did all.</param>
    internal sealed record Network(long Seed, GradientFate Fate, double LnRatio, double? Slope, long? DivergedStep)
    {
        public static Network Of(MapPoint point) => new(point.Seed, point.Fate, point.LogRatio, point.Slope, point.DivergedStep);
    }
}
