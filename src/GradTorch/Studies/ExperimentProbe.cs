using GradTorch.Backends;
using GradTorch.Data;
using GradTorch.Gradients;
using GradTorch.Gradients.Measurements;
using GradTorch.Models;
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
/// <param name="Quantities">Gradients that a double is too small for are 0.</param>
/// <param name="LogGradients">ln of ‖∂L/∂W‖, ‖∂L/∂b‖, ‖δ‖ and ‖∂L/∂a‖, of any size: the order of
/// <see cref="LayerQuantity"/>.</param>
public sealed record LayerProbe(int Layer, string LayerName, double[] Quantities, double[] LogGradients)
{
    /// <summary>The quantities that <see cref="LogGradients"/> has.</summary>
    public static IReadOnlyList<LayerQuantity> Gradients { get; } =
        [LayerQuantity.WeightGradient, LayerQuantity.BiasGradient, LayerQuantity.PreactivationGradient, LayerQuantity.ActivationGradient];

    /// <summary>ln‖δ‖.</summary>
    public double LogPreactivationGradient => LogGradients[(int)LayerQuantity.PreactivationGradient];

    /// <summary>ln‖∂L/∂a‖.</summary>
    public double LogActivationGradient => LogGradients[(int)LayerQuantity.ActivationGradient];

    /// <param name="measured">With gradients too large by 2 to the <paramref name="exponent"/>.</param>
    internal static LayerProbe Of(int layer, string name, double[] measured, double exponent)
    {
        double[] logarithms = [.. Gradients.Select(quantity => Math.Log(measured[(int)quantity]) - exponent * Math.Log(2))];
        double[] quantities = [.. measured];
        foreach (var quantity in Gradients) quantities[(int)quantity] = Math.ScaleB(quantities[(int)quantity], -(int)exponent);
        return new LayerProbe(layer, name, quantities, logarithms);
    }
}

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
    /// <param name="rescale">Whether gradients are kept in the range of their type on their way back, so that they are known whatever their
    /// size. Recurrent layers do not take part in it.</param>
    public static IReadOnlyList<MemberProbe> Run(PreparedExperiment prepared, bool rescale = false)
    {
        using var scope = NewDisposeScope();
        var model = prepared.Model;
        using var rescaling = rescale ? new GradientRescaling() : null;
        model.State.Rescaling = rescaling;
        using var table = new GradientTable(model, TorchBackend.Current);
        table.Begin();
        var batch = prepared.Data.Train.Gather(prepared.Order.Next());
        var losses = Losses(prepared, batch);
        model.Parameters.ZeroGradients();
        table.Backward(losses.sum());
        table.MeasureGradients();
        model.State.Rescaling = null;
        var scales = ScalesOf(rescaling, model.LayerNames.Count, prepared.Seeds.Count);
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
                [.. names.Select((name, index) => LayerProbe.Of(
                    index + 1, name, layers[member * names.Count + index], scales[index][member]))],
                [
                    .. Enumerable.Range(0, perNetwork).Select(index => new TimestepProbe(
                        index / perLayer + 1, index % perLayer + 1, timesteps[member * perNetwork + index])),
                ],
                measures[member], exponents[member])),
        ];
    }

    /// <summary>log₂ of what the gradients of each layer and member were multiplied by on their way to it.</summary>
    private static double[][] ScalesOf(GradientRescaling? rescaling, int layers, int members)
    {
        var scales = Enumerable.Range(0, layers).Select(_ => new double[members]).ToArray();
        foreach (var (layer, cut) in rescaling?.Cuts ?? [])
        {
            var own = HostCopy.Doubles(cut);
            foreach (var below in scales.Take(layer + 1))
            {
                for (var member = 0; member < members; member++) below[member] += own[member];
            }
        }
        return scales;
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
