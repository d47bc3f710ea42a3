using GradTorch.Backends;
using GradTorch.Data;
using GradTorch.Gradients;
using GradTorch.Gradients.Measurements;
using GradTorch.Quantities;
using static TorchSharp.torch;

namespace GradTorch.Studies;

/// <summary>The gradients of every member, layer and timestep on its first batch, before any training.</summary>
/// <param name="Layers">Recurrent layers first. Quantities of each layer in the order of <see cref="LayerQuantities.All"/>; the update is NaN, for
/// no step is taken.</param>
/// <param name="Timesteps">Of each recurrent layer, layer after layer; empty for networks without time.</param>
/// <param name="Measures">What is asked for beside; empty where nothing is.</param>
/// <param name="Exponents">Powers of ten that hold something, layer after layer; empty where they are not asked for.</param>
public sealed record MemberProbe(
    int Member, long Seed, double Loss, IReadOnlyList<LayerProbe> Layers, IReadOnlyList<TimestepProbe> Timesteps,
    IReadOnlyList<MeasureProbe> Measures, IReadOnlyList<ExponentProbe> Exponents);

/// <param name="Layer">From 1, the layer next to the input.</param>
public sealed record LayerProbe(int Layer, string LayerName, double[] Quantities);

/// <param name="Layer">From 1, the layer next to the input.</param>
/// <param name="Timestep">From 1.</param>
/// <param name="Quantities">In the order of <see cref="TimestepQuantities.All"/>.</param>
public sealed record TimestepProbe(int Layer, int Timestep, double[] Quantities);

/// <param name="Layer">From 1; 0 for the whole network.</param>
/// <param name="Name">As in table layer_measure.</param>
public sealed record MeasureProbe(int Layer, string Name, double Value);

/// <param name="Layer">From 1, the layer next to the input.</param>
/// <param name="Exponent">n of 10ⁿ ≤ |δ| &lt; 10ⁿ⁺¹.</param>
public sealed record ExponentProbe(int Layer, int Exponent, long Count);

public static class ExperimentProbe
{
    public static IReadOnlyList<MemberProbe> Run(PreparedExperiment prepared)
    {
        using var scope = NewDisposeScope();
        var model = prepared.Model;
        using var table = new GradientTable(model, TorchBackend.Current);
        table.Begin();
        var batch = prepared.Data.Train.Gather(prepared.Order.Next());
        var losses = Losses(prepared, batch);
        model.Parameters.ZeroGradients();
        table.Backward(losses.sum());
        table.MeasureGradients();
        var (measures, exponents) = Measure(prepared, batch);
        var layers = HostCopy.Doubles(table.Values).Chunk(LayerQuantities.Count).ToArray();
        var timesteps = HostCopy.Doubles(table.Timesteps).Chunk(TimestepQuantities.Count).ToArray();
        var perMember = HostCopy.Doubles(losses);
        foreach (var quantities in layers) quantities[(int)LayerQuantity.Update] = double.NaN;
        var (names, perLayer) = (model.LayerNames, (int)model.Timesteps);
        var perNetwork = model.RecurrentLayers.Count * perLayer;
        return
        [
            .. prepared.Seeds.Select((seed, member) => new MemberProbe(
                member, seed.Seed, perMember[member],
                [.. names.Select((name, index) => new LayerProbe(index + 1, name, layers[member * names.Count + index]))],
                [
                    .. Enumerable.Range(0, perNetwork).Select(index => new TimestepProbe(
                        index / perLayer + 1, index % perLayer + 1, timesteps[member * perNetwork + index])),
                ],
                measures[member], exponents[member])),
        ];
    }

    private static Tensor Losses(PreparedExperiment prepared, Batch batch) =>
        prepared.Loss.PerExample(prepared.Model.Outputs(batch), batch).mean([1]);

    /// <returns>Of each member.</returns>
    private static (MeasureProbe[][] Measures, ExponentProbe[][] Exponents) Measure(PreparedExperiment prepared, Batch batch)
    {
        var (model, members) = (prepared.Model, Enumerable.Range(0, prepared.Seeds.Count));
        if (prepared.Plan.Measure.Count == 0) return ([.. members.Select(_ => Array.Empty<MeasureProbe>())], [.. members.Select(_ => Array.Empty<ExponentProbe>())]);
        using var measurements = new StepMeasurements(model, prepared.Plan.Measure);
        measurements.Measure(() => Losses(prepared, batch).sum());
        var (values, places) = (HostCopy.Doubles(measurements.Values), measurements.Places);
        var counts = measurements.Exponents is { } exponents ? HostCopy.Doubles(exponents.Counts) : [];
        var (powers, first) = (measurements.Exponents?.Count ?? 0, measurements.Exponents?.First ?? 0);
        var perMember = model.LayerNames.Count * powers;
        return (
            [.. members.Select(member => places.Select((place, index) =>
                new MeasureProbe(place.Layer, place.Name, values[member * places.Count + index])).ToArray())],
            [.. members.Select(member => Enumerable.Range(0, perMember).Where(index => counts[member * perMember + index] > 0).Select(index =>
                new ExponentProbe(index / powers + 1, first + index % powers, (long)counts[member * perMember + index])).ToArray())]);
    }
}
