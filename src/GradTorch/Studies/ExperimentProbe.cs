using GradTorch.Backends;
using GradTorch.Gradients;
using GradTorch.Quantities;
using static TorchSharp.torch;

namespace GradTorch.Studies;

/// <summary>The gradients of every member, layer and timestep on its first batch, before any training.</summary>
/// <param name="Layers">Recurrent layers first. Quantities of each layer in the order of <see cref="LayerQuantities.All"/>; the update is NaN, for
/// no step is taken.</param>
/// <param name="Timesteps">Of each recurrent layer, layer after layer; empty for networks without time.</param>
public sealed record MemberProbe(
    int Member, long Seed, double Loss, IReadOnlyList<LayerProbe> Layers, IReadOnlyList<TimestepProbe> Timesteps);

/// <param name="Layer">From 1, the layer next to the input.</param>
public sealed record LayerProbe(int Layer, string LayerName, double[] Quantities);

/// <param name="Layer">From 1, the layer next to the input.</param>
/// <param name="Timestep">From 1.</param>
/// <param name="Quantities">In the order of <see cref="TimestepQuantities.All"/>.</param>
public sealed record TimestepProbe(int Layer, int Timestep, double[] Quantities);

public static class ExperimentProbe
{
    public static IReadOnlyList<MemberProbe> Run(PreparedExperiment prepared)
    {
        using var scope = NewDisposeScope();
        var model = prepared.Model;
        using var table = new GradientTable(model, TorchBackend.Current);
        table.Begin();
        var batch = prepared.Data.Train.Gather(prepared.Order.Next());
        var losses = prepared.Loss.PerExample(model.Outputs(batch), batch).mean([1]);
        model.Parameters.ZeroGradients();
        table.Backward(losses.sum());
        table.MeasureGradients();
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
                ])),
        ];
    }
}
