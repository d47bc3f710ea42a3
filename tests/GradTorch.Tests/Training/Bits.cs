namespace GradTorch.Tests.Training;

/// <summary>Numbers as their bits: −0 is not 0, and a NaN equals itself.</summary>
internal static class Bits
{
    public static long[] Of(IEnumerable<double> numbers) => [.. numbers.Select(BitConverter.DoubleToInt64Bits)];
}
