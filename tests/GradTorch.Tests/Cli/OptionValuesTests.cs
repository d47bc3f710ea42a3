using GradTorch.Cli;

namespace GradTorch.Tests.Cli;

public sealed class OptionValuesTests
{
    [Fact]
    public void What_was_not_given_is_null()
    {
        var options = new OptionValues(new Dictionary<string, IReadOnlyList<string>>());

        Assert.False(options.Has("--n"));
        Assert.Null(options.Text("--n"));
        Assert.Null(options.Number("--n"));
        Assert.Null(options.Integer("--n", 0, 9));
        Assert.Null(options.Choice("--n", ["a"]));
        Assert.Empty(options.Texts("--n"));
    }

    [Fact]
    public void Values_are_read_as_what_they_should_be()
    {
        Assert.Equal(-1.5e-3, Given("-1.5e-3").Number("--n"));
        Assert.Equal(1, Given("1").Number("--n", 1, 2));
        Assert.Equal(5e-324, Given("5e-324").PositiveNumber("--n"));
        Assert.Equal(-7, Given("-7").Integer("--n", -7, 7));
        Assert.Equal("b", Given("b").Choice("--n", ["a", "b"]));
        Assert.Equal(["a", "b"], Given("a", "b").Texts("--n"));
        Assert.True(Given().Has("--n"));
    }

    [Theory]
    [InlineData("--n: found 'x'; allowed: a finite number", "x", null, null)]
    [InlineData("--n: found 'NaN'; allowed: a finite number", "NaN", null, null)]
    [InlineData("--n: found '1,5'; allowed: a number from 1 to 2", "1,5", 1.0, 2.0)]
    [InlineData("--n: found '0'; allowed: a number of at least 1", "0", 1.0, null)]
    [InlineData("--n: found '3'; allowed: a number up to 2", "3", null, 2.0)]
    public void Other_numbers_are_refused(string message, string value, double? least, double? most) =>
        AssertRefused(message, () => Given(value).Number("--n", least ?? double.NegativeInfinity, most ?? double.PositiveInfinity));

    [Theory]
    [InlineData("0")]
    [InlineData("-1e-300")]
    [InlineData("Infinity")]
    [InlineData("two")]
    public void A_positive_number_is_above_0(string value) =>
        AssertRefused($"--n: found '{value}'; allowed: a number above 0", () => Given(value).PositiveNumber("--n"));

    [Fact]
    public void So_is_everything_else_that_is_not_allowed()
    {
        AssertRefused("--n: found '1.0'; allowed: an integer from 0 to 9", () => Given("1.0").Integer("--n", 0, 9));
        AssertRefused("--n: found 'lest'; allowed: least, most; did you mean 'least'?", () => Given("lest").Choice("--n", ["least", "most"]));
        AssertRefused("--n was given 2 times; give it once", () => Given("1", "2").Number("--n"));
    }

    private static OptionValues Given(params string[] values) =>
        new(new Dictionary<string, IReadOnlyList<string>> { ["--n"] = values });

    private static void AssertRefused(string message, Func<object?> read) =>
        Assert.Equal(message, Assert.Throws<BadArgumentsException>(read).Message);
}
