using GradTorch.Analysis.Maps;
using GradTorch.Models;
using GradTorch.Studies;
using GradTorch.Studies.Maps;

namespace GradTorch.Cli.Map;

/// <summary>What a map is of, for its folder.</summary>
internal static class MapRecords
{
    public static MapRecord Of(PlannedRun run, MapPlan plan) => new(
        run.Variant is { } variant ? $"{run.Experiment.Name}, {variant.Name}" : run.Experiment.Name, Axis(plan.X), Axis(plan.Y),
        run.Experiment.Seeds.Count, plan.Steps, ModelRegistry.Find(run.Experiment.Model.Kind).TakesSequences ? "timestep" : "layer",
        ProbeVerdict.LimitsOf(run.Experiment), Curve(CriticalLine.Of(plan)));

    private static MapAxisRecord Axis(MapAxis axis) => new(axis.Key, axis.IsLogarithmic, axis.Values);

    private static CriticalCurve Curve(CriticalLine line) => new(
        [.. line.Pieces.SelectMany((piece, index) => piece.Select(point => new CriticalCurve.Point(point.X, point.Y, index)))], line.Obstacle);
}
