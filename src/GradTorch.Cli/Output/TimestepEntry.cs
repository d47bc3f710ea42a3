using GradTorch.Analysis;
using GradTorch.Quantities;

namespace GradTorch.Cli.Output;

/// <summary>A timestep of a recurrent layer as JSON.</summary>
/// <param name="First">All columns of table timestep_gradient at the first record.</param>
/// <param name="Last">The same at the last.</param>
internal sealed record TimestepEntry(
    int Layer, int Timestep, OrderedDictionary<string, object?> First, OrderedDictionary<string, object?> Last)
{
    /// <returns>Nothing for a network without time.</returns>
    public static IEnumerable<TimestepEntry> Of(TimestepProfile? profile) => (profile?.Layers ?? []).SelectMany(layer =>
        layer.Timesteps.Select(timestep => new TimestepEntry(
            layer.Layer, timestep.Timestep, TimestepColumns.Of(timestep.First), TimestepColumns.Of(timestep.Last))));
}

/// <summary>The first timestep of a recurrent layer by its last, as JSON.</summary>
internal sealed record TimeRatioEntry(
    int Layer, string LayerName, TimeRatioEntry.Norms First, TimeRatioEntry.Norms Last)
{
    /// <returns>Nothing for a network without time.</returns>
    public static IEnumerable<TimeRatioEntry> Of(TimestepProfile? profile) => (profile?.Layers ?? []).Select(layer =>
    {
        var hidden = layer.TimeRatio(TimestepQuantity.HiddenGradient);
        var preactivation = layer.TimeRatio(TimestepQuantity.PreactivationGradient);
        return new TimeRatioEntry(
            layer.Layer, layer.Name, new Norms(hidden.First, preactivation.First), new Norms(hidden.Last, preactivation.Last));
    });

    internal sealed record Norms(double HiddenGradient, double PreactivationGradient);
}
