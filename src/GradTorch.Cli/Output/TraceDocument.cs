using GradTorch.Gradients;
using GradTorch.Studies;

namespace GradTorch.Cli.Output;

/// <summary>A step that diverged, gone through again, as JSON.</summary>
/// <param name="Layer">Where the run saw it begin, from 1.</param>
/// <param name="Origin">The first operation that gave something not finite; null if none did.</param>
/// <param name="LargestBefore">The operation before it that gave the largest magnitude.</param>
/// <param name="Points">Every operation, in the order in which they came.</param>
internal sealed record TraceDocument(
    int Member, long Step, int Layer, int? Timestep, TracePoint? Origin, TracePoint? LargestBefore, IReadOnlyList<TracePoint> Points)
{
    public static TraceDocument Of(DivergenceTrace trace) =>
        new(trace.Member, trace.Step, trace.Layer, trace.Timestep, trace.Origin, trace.LargestBefore, trace.Points);
}
