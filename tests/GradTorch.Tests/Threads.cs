using GradTorch.Backends;
using GradTorch.Tests.Training;
using static TorchSharp.torch;

namespace GradTorch.Tests;

internal static class Threads
{
    /// <summary>Something computes the same to the bit on one thread, on two, and on three.</summary>
    /// <param name="flush">Denormals become 0.</param>
    public static void AssertTheSame(Func<double[]> compute, bool flush = false)
    {
        var before = get_num_threads();
        TorchBackend.Current.FlushDenormals(flush);
        try
        {
            set_num_threads(1);
            var expected = compute();
            foreach (var count in (int[])[2, 3])
            {
                set_num_threads(count);
                Assert.Equal(Bits.Of(expected), Bits.Of(compute()));
            }
        }
        finally
        {
            set_num_threads(before);
            TorchBackend.Current.FlushDenormals(false);
        }
    }
}
