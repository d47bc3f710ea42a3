using GradTorch.Quantities;
using static TorchSharp.torch;

namespace GradTorch.Backends.Scan;

/// <summary>What is recorded of a scan's backward pass, in a few operators for many timesteps: to the backend's measuring,
/// every timestep of every member is a member.</summary>
internal static class ElmanScanMeasurement
{
    /// <summary>Elements that are measured at once: more would cost memory and gain nothing.</summary>
    private const long Portion = 1 << 24;

    public static void Write(Tensor table_STQ, Tensor hiddenGradient_STBH, Tensor delta_STBH, Tensor h_STBH,
        ITorchBackend backend)
    {
        var (members, timesteps, batch, hidden) =
            (h_STBH.shape[0], h_STBH.shape[1], h_STBH.shape[2], h_STBH.shape[3]);
        var count = Math.Max(1, Portion / (members * hidden * Math.Max(batch, hidden)));
        for (long from = 0; from < timesteps; from += count)
        {
            using var scope = NewDisposeScope();
            count = Math.Min(count, timesteps - from);
            var rows = zeros([members * count, TimestepQuantities.Count], float64, table_STQ.device);
            Norm(TimestepQuantity.HiddenGradient, Rows(hiddenGradient_STBH, from), -1);
            var delta = Rows(delta_STBH, from);
            Norm(TimestepQuantity.PreactivationGradient, delta, (int)TimestepQuantity.ZeroGradient);
            if (timesteps > 1) MeasureShares(rows, from, delta);
            table_STQ.narrow(1, from, count).copy_(rows.view(members, count, -1));

            void Norm(TimestepQuantity quantity, Tensor tensor, int zeros) =>
                backend.MeasureNorm(tensor, rows, (int)quantity, (int)TimestepQuantity.Nonfinite, zeros);
        }

        Tensor Rows(Tensor tensor_STBH, long from) => tensor_STBH.narrow(1, from, count).flatten(0, 1);

        void MeasureShares(Tensor rows, long from, Tensor delta)
        {
            // The state before the first timestep is zero: the one that rolls into its place has to go.
            var before = h_STBH.narrow(1, Math.Max(from - 1, 0), from == 0 ? count - 1 : count);
            if (from == 0) before = cat([zeros_like(h_STBH.narrow(1, 0, 1)), before], 1);
            var shares = bmm(before.flatten(0, 1).transpose(1, 2), delta);
            backend.MeasureNorm(shares, rows, (int)TimestepQuantity.RecurrentWeightGradient);
        }
    }
}
