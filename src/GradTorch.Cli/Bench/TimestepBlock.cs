using GradTorch.Quantities;

namespace GradTorch.Cli.Bench;

/// <summary>Numbers such as a recurrent layer's record holds: gradients that vanish towards the first timestep, no two the same.</summary>
internal static class TimestepBlock
{
    /// <returns>Records × members × 1 layer × timesteps × quantities.</returns>
    public static double[] Of(int records, int members, int timesteps)
    {
        var random = new Random(0);
        var block = new double[records * members * timesteps * TimestepQuantities.Count];
        for (var at = 0; at < block.Length; at++)
        {
            var (row, quantity) = Math.DivRem(at, TimestepQuantities.Count);
            block[at] = quantity == (int)TimestepQuantity.Nonfinite ? 0 : random.NextDouble() * Math.Exp(row % timesteps - timesteps);
        }
        return block;
    }
}
