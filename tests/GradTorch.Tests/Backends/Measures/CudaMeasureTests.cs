using GradTorch.Backends;
using GradTorch.Gradients;
using static TorchSharp.torch;

namespace GradTorch.Tests.Backends.Measures;

/// <summary>What is measured on a CUDA device, against the CPU, which <see cref="MeasureTests"/> holds to numbers worked by hand.
/// </summary>
public sealed class CudaMeasureTests
{
    private const int Members = 3, Columns = 6;

    /// <summary>Elements of a member: less than a warp, not a multiple of a block, many blocks. Their size: what squares of float32
    /// and of float64 can't hold.</summary>
    public static TheoryData<ScalarType, long, double> Sizes
    {
        get
        {
            var all = new TheoryData<ScalarType, long, double>();
            foreach (var count in new long[] { 1, 31, 1000, 300_007 })
            {
                foreach (var size in new[] { 1e-37, 1e-25, 1, 1e30 }) all.Add(ScalarType.Float32, count, size);
                foreach (var size in new[] { 1e-300, 1e-200, 1, 1e200, 1e300 }) all.Add(ScalarType.Float64, count, size);
            }
            return all;
        }
    }

    [TheoryWithCuda]
    [MemberData(nameof(Sizes))]
    public void Norms_zeros_and_differences(ScalarType type, long count, double size) => AssertSame(type, count, size, 0, (backend, x, table) =>
    {
        backend.MeasureNorm(x, table, 0, nonfinite: 2, zeros: 1);
        backend.MeasureDifference(x, x.flip(0), table, 3);
    });

    [TheoryWithCuda]
    [InlineData(ScalarType.Float32, 0)]
    [InlineData(ScalarType.Float32, 1000)]
    [InlineData(ScalarType.Float64, 1e6)]
    public void Means_deviations_and_saturation(ScalarType type, double mean)
    {
        foreach (var count in new long[] { 2, 31, 1000, 300_007 })
        {
            AssertSame(type, count, 1, mean, (backend, x, table) =>
                backend.MeasureActivation(x, table, 0, 1, 2, 3, mean - 0.5, mean + 1));
        }
    }

    [TheoryWithCuda]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_not_finite_is_counted_and_stays_with_its_member(double value)
    {
        foreach (var count in new long[] { 5, 300_007 })
        {
            AssertSame(ScalarType.Float32, count, 1, 0, (backend, x, table) =>
            {
                x[1, 3] = value;
                backend.MeasureNorm(x, table, 0, nonfinite: 2, zeros: 1);
                // Of the deviation of an infinity there is nothing to agree on.
                backend.MeasureActivation(x.slice(0, 0, 1, 1), table.slice(0, 0, 1, 1), 3, 4, 5, 2, -1, 1);
            });
        }
    }

    /// <summary>Apart from each other in memory, as the layers of a flat buffer are.</summary>
    [TheoryWithCuda]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Members_that_lie_apart(ScalarType type) => AssertSame(type, 4000, 1, 0, (backend, x, table) =>
    {
        backend.MeasureNorm(x.slice(1, 100, 3000, 1), table, 0);
        backend.MeasureNorm(x.slice(1, 0, 4000, 2), table, 1);
        backend.MeasureDifference(x.slice(1, 100, 3000, 1), x.slice(1, 200, 3100, 1), table, 3);
    });

    private static void AssertSame(
        ScalarType type, long count, double size, double mean, Action<ITorchBackend, Tensor, Tensor> measure)
    {
        using var scope = NewDisposeScope();
        TorchBackend.Current.FlushDenormals(false);
        var values = Arrays.Normal(7, (int)(Members * count)).ToTensor(float64, Members, count);
        // Some exact zeros.
        var x = where(values.abs().lt(0.05), zeros_like(values), values).mul(size).add(mean).to(type);
        double[] On(Device device)
        {
            var table = zeros([Members, Columns], float64, device);
            measure(TorchBackend.Current, x.to(device, copy: true), table);
            return HostCopy.Doubles(table);
        }
        Arrays.AssertClose(On(CPU), On(CUDA), 1e-9);
    }
}
