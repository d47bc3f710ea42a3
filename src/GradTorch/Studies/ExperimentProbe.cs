using GradTorch.Backends;
using GradTorch.Gradients;
using GradTorch.Models;
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
        var losses = prepared.Loss.PerExample(model.Outputs(batch), batch).mean([1]);
        model.Parameters.ZeroGradients();
        table.Backward(losses.sum());
        table.MeasureGradients();
        model.State.Rescaling = null;
        var exponents = ExponentsOf(rescaling, model.LayerNames.Count, prepared.Seeds.Count);
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
                    index + 1, name, layers[member * names.Count + index], exponents[index][member]))],
                [
                    .. Enumerable.Range(0, perNetwork).Select(index => new TimestepProbe(
                        index / perLayer + 1, index % perLayer + 1, timesteps[member * perNetwork + index])),
                ])),
        ];
    }

    /// <summary>log₂ of what the gradients of each layer and member were multiplied by on their way to it.</summary>
    private static double[][] ExponentsOf(GradientRescaling? rescaling, int layers, int members)
    {
        var exponents = Enumerable.Range(0, layers).Select(_ => new double[members]).ToArray();
        foreach (var (layer, cut) in rescaling?.Cuts ?? [])
        {
            var own = HostCopy.Doubles(cut);
            foreach (var below in exponents.Take(layer + 1))
            {
                for (var member = 0; member < members; member++) below[member] += own[member];
            }
        }
        return exponents;
    }
}
