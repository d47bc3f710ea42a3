using GradTorch.Quantities;
using GradTorch.Studies;

namespace GradTorch.Cli.Output;

/// <summary>A probe as JSON: the columns of table layer_gradient in every layer, and of table timestep_gradient in every
/// timestep of every recurrent layer. The update is null, for no step is taken.</summary>
internal sealed record ProbeDocument(IReadOnlyList<ProbeDocument.Member> Members)
{
    public static ProbeDocument Of(IEnumerable<MemberProbe> members) =>
        new([.. members.Select(probe => new Member(
            probe.Member, probe.Seed, probe.Loss, [.. probe.Layers.Select(Layer)],
            [.. probe.Timesteps.Select(Timestep)], probe.Measures, probe.Exponents))]);

    private static OrderedDictionary<string, object?> Layer(LayerProbe probe)
    {
        var columns = LayerColumns.Of(probe.Quantities);
        columns[LayerQuantities.Columns[(int)LayerQuantity.Update]] = null;
        columns.Insert(0, "layer", probe.Layer);
        columns.Insert(1, "layer_name", probe.LayerName);
        return columns;
    }

    private static OrderedDictionary<string, object?> Timestep(TimestepProbe probe)
    {
        var columns = TimestepColumns.Of(probe.Quantities);
        columns.Insert(0, "layer", probe.Layer);
        columns.Insert(1, "timestep", probe.Timestep);
        return columns;
    }

    /// <param name="Index">From 0.</param>
    /// <param name="Timesteps">Layer after layer; empty for networks without time.</param>
    /// <param name="Measures">Of table layer_measure, where the experiment asks for it.</param>
    /// <param name="Exponents">Of table gradient_exponent, where the experiment asks for it.</param>
    internal sealed record Member(
        [property: System.Text.Json.Serialization.JsonPropertyName("member")] int Index, long Seed, double Loss,
        IReadOnlyList<OrderedDictionary<string, object?>> Layers,
        IReadOnlyList<OrderedDictionary<string, object?>> Timesteps,
        IReadOnlyList<MeasureProbe> Measures, IReadOnlyList<ExponentProbe> Exponents);
}
