using System.Globalization;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Operators;

/// <summary>Element type, shape and elements against those of a fixture or another tensor.</summary>
internal static class TensorComparison
{
    /// <summary>Bit for bit; all NaN count as one.</summary>
    public static void AssertSame(Tensor expected, Tensor actual, string what) => AssertClose(expected, actual, 0, what);

    /// <summary>The tolerance is relative to the larger of the two; 0 asks for the same bits.</summary>
    public static void AssertClose(Tensor expected, Tensor actual, double tolerance, string what)
    {
        Assert.True(expected.dtype == actual.dtype, $"{what}: type {actual.dtype}, expected {expected.dtype}");
        Assert.True(expected.shape.SequenceEqual(actual.shape),
            $"{what}: shape [{string.Join(", ", actual.shape)}], expected [{string.Join(", ", expected.shape)}]");
        double[] wanted = Elements(expected), given = Elements(actual);
        for (var i = 0; i < wanted.Length; i++)
        {
            Assert.True(Agree(wanted[i], given[i], tolerance), string.Create(CultureInfo.InvariantCulture,
                $"{what}: element {i} is {given[i]:R}, expected {wanted[i]:R}"));
        }
    }

    public static double ToleranceOf(ScalarType type) => type == ScalarType.Float32 ? 1e-6 : 1e-12;

    /// <summary>All element types of the fixtures convert to double without loss: no integer there is above 2⁵³.</summary>
    public static double[] Elements(Tensor tensor)
    {
        using var detached = tensor.detach();
        using var doubles = detached.to(ScalarType.Float64);
        using var elements = doubles.data<double>();
        return elements.ToArray();
    }

    private static bool Agree(double expected, double actual, double tolerance)
    {
        if (double.IsNaN(expected) || double.IsNaN(actual)) return double.IsNaN(expected) && double.IsNaN(actual);
        if (tolerance == 0) return BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(actual);
        if (double.IsInfinity(expected) || double.IsInfinity(actual)) return expected == actual;
        return Math.Abs(expected - actual) <= tolerance * Math.Max(Math.Abs(expected), Math.Abs(actual));
    }
}
