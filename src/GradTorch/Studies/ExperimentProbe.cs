using GradTorch.Backends;
using GradTorch.Gradients;
using static TorchSharp.torch;

namespace GradTorch.Studies;

/// <summary>The gradients of every member and layer on its first batch, before any training.</summary>
/// <param name="Layers">Quantities of each layer in the order of <see cref="LayerQuantities.All"/>; the update is NaN, for
/// no step is taken.</param>
public sealed record MemberProbe(int Member, long Seed, double Loss, IReadOnlyList<LayerProbe> Layers);

/// <param name="Layer">From 1, the first hidden layer.</param>
public sealed record LayerProbe(int Layer, string LayerName, double[] Quantities);

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
        losses.sum().backward();
        table.MeasureGradients();
        var values = HostCopy.Doubles(table.Values);
        var perMember = HostCopy.Doubles(losses);
        return [.. prepared.Seeds.Select((seed, member) => new MemberProbe(
            member, seed.Seed, perMember[member],
            [.. model.Layers.Select((layer, index) => new LayerProbe(
                index + 1, layer.Name, Quantities(values, member * model.Layers.Count + index)))]))];
    }

    private static double[] Quantities(double[] values, int row)
    {
        var quantities = values[(row * LayerQuantities.Count)..((row + 1) * LayerQuantities.Count)];
        quantities[(int)LayerQuantity.Update] = double.NaN;
        return quantities;
    }
}
