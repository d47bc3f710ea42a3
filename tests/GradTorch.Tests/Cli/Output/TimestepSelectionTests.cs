using GradTorch.Cli.Output;

namespace GradTorch.Tests.Cli.Output;

public sealed class TimestepSelectionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(TimestepSelection.Most)]
    public void Of_few_timesteps_all_are_shown(int timesteps) =>
        Assert.Equal(Enumerable.Range(1, timesteps), TimestepSelection.Of(timesteps));

    [Fact]
    public void Of_many_the_first_every_kth_and_the_last()
    {
        Assert.Equal([1, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28], TimestepSelection.Of(28));
        Assert.Equal([1, 50, 100, 150, 200, 250, 300, 350, 400, 450, 500, 550, 600, 650, 700, 750, 784], TimestepSelection.Of(784));
    }

    [Fact]
    public void However_many_there_are_a_table_is_short()
    {
        for (var timesteps = TimestepSelection.Most + 1; timesteps < 3000; timesteps++)
        {
            var shown = TimestepSelection.Of(timesteps).ToList();
            Assert.InRange(shown.Count, 8, TimestepSelection.Most);
            Assert.Equal((1, timesteps), (shown[0], shown[^1]));
        }
    }
}
