using GradTorch.Analysis.Maps;
using GradTorch.Analysis.Verdicts;
using GradTorch.Cli.Map;
using GradTorch.Studies.Maps;

namespace GradTorch.Cli.Output;

/// <summary>A map as JSON.</summary>
/// <param name="Complete">Whether all cells are there.</param>
/// <param name="Cells">In the order of y, then x.</param>
internal sealed record MapDocument(
    string Name, string Folder, bool Complete, MapDocument.Axis X, MapDocument.Axis Y, GradientLimits Limits, IReadOnlyList<MapDocument.Cell> Cells)
{
    public static MapDocument Of(ComputedMap map)
    {
        var (x, y) = (map.Plan.X.Values, map.Plan.Y.Values);
        return new MapDocument(
            map.Plan.Experiment.Name, map.Folder, map.IsComplete, Axis.Of(map.Plan.X), Axis.Of(map.Plan.Y), ProbeVerdict.LimitsOf(map.Plan.Experiment),
            [.. map.Cells.Select(cell => new Cell(x[cell.X], y[cell.Y], cell.Fate, cell.LogRatio, [.. cell.Seeds.Select(Network.Of)]))]);
    }

    internal sealed record Axis(string Key, bool Logarithmic, IReadOnlyList<double> Values)
    {
        public static Axis Of(MapAxis axis) => new(axis.Key, axis.IsLogarithmic, axis.Values);
    }

    /// <param name="X">Its value.</param>
    /// <param name="Y">Its value.</param>
    /// <param name="Fate">That of most seeds.</param>
    /// <param name="LnRatio">The median over the seeds.</param>
    internal sealed record Cell(double X, double Y, GradientFate Fate, double LnRatio, IReadOnlyList<Network> Seeds);

    /// <param name="LnRatio">ln of ‖δ‖ of the first layer or timestep by that of the last.</param>
    /// <param name="Slope">Of ln‖δ‖; null of fewer than two places.</param>
    internal sealed record Network(long Seed, GradientFate Fate, double LnRatio, double? Slope)
    {
        public static Network Of(MapPoint point) => new(point.Seed, point.Fate, point.LogRatio, point.Slope);
    }
}
