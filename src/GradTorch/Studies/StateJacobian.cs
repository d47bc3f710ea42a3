using GradTorch.Data;
using GradTorch.Gradients;
using GradTorch.Gradients.Measurements;
using GradTorch.Models.Recurrent;
using static TorchSharp.torch;

namespace GradTorch.Studies;

/// <summary>How much of a hidden state comes to the last one at initialisation: ‖∂h_T/∂h_t‖, the largest singular value of the product of
/// the steps' Jacobians W diag(g′(a_s)), s = t+1 … T, by the slope used on the way back. Of the first examples of each member's first batch.
/// Pascanu et al. 2013, arXiv 1211.5063.</summary>
/// <remarks>Exact, in float64, and of any size. Where a sequence has ended its state stays: those steps are the identity. Truncation, which
/// leaves out what backward does not follow, is not regarded.</remarks>
/// <param name="Timestep">t, from 1.</param>
/// <param name="LnMean">ln of the mean over the examples.</param>
/// <param name="LnLargest">ln of the largest of them.</param>
public sealed record StateJacobian(int Timestep, double LnMean, double LnLargest)
{
    public const int MostExamples = 4;

    /// <summary>Multiplications that it may take: a few seconds of a core.</summary>
    private const double MostWork = 1e10;

    /// <summary>t = 1, a quarter, a half and three quarters of the way, and the last before T.</summary>
    private static int[] TimestepsOf(int last) =>
        [.. ((int[])[1, last / 4, last / 2, 3 * last / 4, last - 1]).Where(timestep => timestep >= 1 && timestep < last).Distinct()];

    /// <summary>Of each member, in the recurrent layer next to the output.</summary>
    /// <returns>Empty of one timestep, and where it would take too long.</returns>
    internal static IReadOnlyList<StateJacobian>[] Of(PreparedExperiment prepared, ElmanLayer layer)
    {
        var (members, last) = (prepared.Seeds.Count, (int)prepared.Model.Timesteps);
        var examples = (int)Math.Min(Math.Min(MostExamples, prepared.Order.Batch), MostWork / (members * (double)last * Math.Pow(layer.RecurrentWeight.shape[1], 3)));
        var timesteps = TimestepsOf(last);
        if (examples == 0 || timesteps.Length == 0) return [.. prepared.Seeds.Select(_ => Array.Empty<StateJacobian>())];
        using var scope = NewDisposeScope();
        using var order = new EnsembleOrder(prepared.Seeds, prepared.Data.Train.Count, prepared.Order.Batch, prepared.Device);
        var batch = prepared.Data.Train.Gather(order.Next());
        double[][] logarithms = [];
        using var step = new RepeatedStep(prepared.Model);
        using (enable_grad())
        {
            step.Run(
                Repetition.Same, () => prepared.Loss.PerExample(prepared.Model.Outputs(batch), batch).mean([1]).sum(),
                () => logarithms = LogarithmsOf(layer, step.Watches[prepared.Model.RecurrentLayers.Count - 1], last, examples, timesteps), goesBack: false);
        }
        return [.. Enumerable.Range(0, members).Select(member => (StateJacobian[])[.. timesteps.Select((timestep, index) =>
            Over(timestep, logarithms[index].AsSpan(member * examples, examples)))])];
    }

    /// <returns>ln ‖∂h_T/∂h_t‖ at each t, members × examples.</returns>
    private static double[][] LogarithmsOf(ElmanLayer layer, Backends.Measures.LayerWatch watch, int last, int examples, int[] timesteps)
    {
        using var scope = NewDisposeScope();
        var a_STBH = Examples(watch.Preactivations());
        var slope_STBH = layer.Nonlinearity.Slope(a_STBH).to(float64);
        var running_STB1 = watch.Running() is { } running ? Examples(running.expand(a_STBH.shape[0], -1, 1)) : null;
        var (weight_S1HH, units) = (layer.RecurrentWeight.to(float64).unsqueeze(1), slope_STBH.shape[3]);
        var identity = eye(units, units, float64, slope_STBH.device);
        var product = identity.expand(slope_STBH.shape[0] * examples, units, units);
        var logarithm = zeros([product.shape[0], 1, 1], float64, slope_STBH.device);
        var found = new Dictionary<int, double[]>();
        for (var s = last; s > 1; s--)
        {
            using var ofStep = NewDisposeScope();
            var jacobian = weight_S1HH * slope_STBH.select(1, s - 1).unsqueeze(2);
            if (running_STB1 is not null) jacobian = where(running_STB1.select(1, s - 1).unsqueeze(2), jacobian, identity);
            var next = bmm(jacobian.flatten(0, 1), product);
            // Kept near 1, for the product of many is far from it.
            var size = next.square().sum([1, 2], keepdim: true).sqrt();
            var divisor = where(size.gt(0), size, ones_like(size));
            using var before = product;
            (product, logarithm) = ((next / divisor).MoveToOuterDisposeScope(), (logarithm + size.log()).MoveToOuterDisposeScope());
            if (timesteps.Contains(s - 1)) found[s - 1] = HostCopy.Doubles(linalg.svdvals(product).amax([1]).log() + logarithm.view(-1));
        }
        return [.. timesteps.Select(timestep => found[timestep])];

        Tensor Examples(Tensor rows_SNX) => rows_SNX.view(rows_SNX.shape[0], last, -1, rows_SNX.shape[2]).narrow(2, 0, examples);
    }

    private static StateJacobian Over(int timestep, ReadOnlySpan<double> logarithms)
    {
        var (largest, sum) = (double.NegativeInfinity, 0.0);
        foreach (var ln in logarithms) largest = Math.Max(largest, ln);
        if (double.IsNegativeInfinity(largest)) return new StateJacobian(timestep, largest, largest);
        foreach (var ln in logarithms) sum += Math.Exp(ln - largest);
        return new StateJacobian(timestep, largest + Math.Log(sum / logarithms.Length), largest);
    }
}
