using GradTorch.Cli.Output;

namespace GradTorch.Tests.Cli.Output;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(1.234e-8, "1.23e-08")]
    [InlineData(-12345, "-1.23e+04")]
    [InlineData(4.9e-324, "4.94e-324")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void Scientific_tells_an_exact_zero_from_the_smallest_number(double value, string text)
    {
        using var culture = new CommaDecimal();
        Assert.Equal(text, NumberText.Scientific(value));
    }

    [Theory]
    [InlineData(999, "999 B")]
    [InlineData(59_500_000, "59.5 MB")]
    [InlineData(2_000_000_000_000, "2000.0 GB")]
    public void Bytes_are_in_powers_of_1000(long bytes, string text)
    {
        using var culture = new CommaDecimal();
        Assert.Equal(text, NumberText.Bytes(bytes));
    }

    [Theory]
    [InlineData(12.34, "12.3 s")]
    [InlineData(245, "4 min 05 s")]
    [InlineData(100_000, "27 h 46 min")]
    public void Durations_have_two_units_at_most(double seconds, string text)
    {
        using var culture = new CommaDecimal();
        Assert.Equal(text, NumberText.Duration(TimeSpan.FromSeconds(seconds)));
    }
}
