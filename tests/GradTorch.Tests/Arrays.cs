using static TorchSharp.torch;

namespace GradTorch.Tests;

/// <summary>Numbers that tests are made of, and tensors of them.</summary>
internal static class Arrays
{
    /// <summary>Standard normal, by Box and Muller; the same for the same seed everywhere.</summary>
    public static double[] Normal(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
            Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
    }

    public static Tensor ToTensor(this double[] values, ScalarType dtype, params long[] shape) =>
        tensor(values, dtype).reshape(shape);

    /// <summary>Each is within a relative distance of what is expected; NaN and the infinities only of themselves.</summary>
    public static void AssertClose(double[] expected, double[] actual, double relative, double absolute = 0)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            if (expected[i].Equals(actual[i])) continue;
            var distance = Math.Abs(expected[i] - actual[i]);
            Assert.True(
                distance <= relative * Math.Abs(expected[i]) + absolute,
                FormattableString.Invariant($"element {i}: expected {expected[i]:R}, got {actual[i]:R}"));
        }
    }
}
