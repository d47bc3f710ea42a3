using GradTorch.Cli.Terminals;
using Spectre.Console;

namespace GradTorch.Tests.Cli.Terminals;

public sealed class ScreenTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_follows_a_table_stands_right_below_it(bool isLive)
    {
        using var written = new StringWriter();
        var screen = new Screen(written, isLive);
        screen.ShowWhole(new Table().AddColumns("layer", "‖δ‖").AddRow("hidden1", "0.1"));
        screen.Line("next");
        var lines = written.ToString().TrimEnd().Split(written.NewLine);
        Assert.Equal("next", lines[^1]);
        Assert.NotEqual("", lines[^2]);
    }
}
