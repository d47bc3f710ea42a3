using GradTorch.Analysis.Verdicts;
using GradTorch.Quantities;
using GradTorch.Studies;

namespace GradTorch.Cli.Output;

/// <summary>A probe as JSON: the verdict on each member, the columns of table layer_gradient in every layer, and of table
/// timestep_gradient in every timestep of every recurrent layer, with the factors of the gradient's gain. The update is null, for no
/// step is taken.</summary>
internal sealed record ProbeDocument(IReadOnlyList<ProbeDocument.Member> Members)
{
    public static ProbeDocument Of(IReadOnlyList<MemberProbe> members, IReadOnlyList<GradientVerdict> verdicts, IReadOnlyList<TheoryEntry>? theory) =>
        new([.. members.Zip(verdicts).Select((own, index) => new Member(
            own.First.Member, own.First.Seed, own.First.Loss, VerdictEntry.Of(own.Second), theory?[index], Layers(own.First),
            Timesteps(own.First), own.First.Measures, own.First.Exponents))]);

    private static OrderedDictionary<string, object?>[] Layers(MemberProbe member)
    {
        var gains = GainsOf(member.Layers);
        return [.. member.Layers.Select((layer, index) => Layer(layer, index < gains.Count ? gains[index] : null))];
    }

    private static OrderedDictionary<string, object?> Layer(LayerProbe probe, SplitGain? gain)
    {
        var columns = LayerColumns.Of(probe.Quantities);
        columns[LayerQuantities.Columns[(int)LayerQuantity.Update]] = null;
        columns.Insert(0, "layer", probe.Layer);
        columns.Insert(1, "layer_name", probe.LayerName);
        foreach (var (quantity, logarithm) in LayerProbe.Gradients.Zip(probe.LogGradients)) columns.Add($"ln_{LayerQuantities.Columns[(int)quantity]}", logarithm);
        return WithGain(columns, gain);
    }

    private static IReadOnlyList<SplitGain> GainsOf(IReadOnlyList<LayerProbe> layers) =>
        SplitGain.OfLogarithms([.. layers.Select(layer => layer.LogPreactivationGradient)], [.. layers.Select(layer => layer.LogActivationGradient)]);

    private static OrderedDictionary<string, object?>[] Timesteps(MemberProbe member) =>
    [
        .. member.Timesteps.GroupBy(probe => probe.Layer).SelectMany(layer =>
        {
            var gains = SplitGain.OfTimesteps(layer.Select(probe => probe.Quantities));
            return layer.Select((probe, index) => Timestep(probe, index < gains.Count ? gains[index] : null));
        }),
    ];

    private static OrderedDictionary<string, object?> Timestep(TimestepProbe probe, SplitGain? gain)
    {
        var columns = TimestepColumns.Of(probe.Quantities);
        columns.Insert(0, "layer", probe.Layer);
        columns.Insert(1, "timestep", probe.Timestep);
        return WithGain(columns, gain);
    }

    private static OrderedDictionary<string, object?> WithGain(OrderedDictionary<string, object?> columns, SplitGain? gain)
    {
        columns.Add("weight_gain", gain?.Weights);
        columns.Add("activation_gain", gain?.Activation);
        return columns;
    }

    /// <param name="Index">From 0.</param>
    /// <param name="Theory">Null where theory does not cover the network.</param>
    /// <param name="Timesteps">Layer after layer; empty for networks without time.</param>
    /// <param name="Measures">Of table layer_measure, where the experiment asks for it.</param>
    /// <param name="Exponents">Of table gradient_exponent, where the experiment asks for it.</param>
    internal sealed record Member(
        [property: System.Text.Json.Serialization.JsonPropertyName("member")] int Index, long Seed, double Loss, VerdictEntry OnIt, TheoryEntry? Theory,
        IReadOnlyList<OrderedDictionary<string, object?>> Layers,
        IReadOnlyList<OrderedDictionary<string, object?>> Timesteps,
        IReadOnlyList<MeasureProbe> Measures, IReadOnlyList<ExponentProbe> Exponents) : VerdictEntry(OnIt)
    {
        [System.Text.Json.Serialization.JsonIgnore]
        public VerdictEntry OnIt { get; } = OnIt;
    }
}
