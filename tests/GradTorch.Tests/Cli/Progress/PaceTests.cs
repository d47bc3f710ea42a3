using GradTorch.Cli.Progress;

namespace GradTorch.Tests.Cli.Progress;

public sealed class PaceTests
{
    [Fact]
    public void Nothing_is_known_before_time_has_passed()
    {
        var pace = new Pace(100);
        pace.See(TimeSpan.Zero, 0);

        Assert.Equal(0, pace.StepsPerSecond);
        Assert.Null(pace.Left);
    }

    [Fact]
    public void The_pace_is_that_of_the_last_seconds()
    {
        var pace = new Pace(1000);
        // Ten seconds at 1 step a second, then 20 at 30.
        for (var second = 0; second <= 10; second++) pace.See(TimeSpan.FromSeconds(second), second);
        for (var second = 1; second <= 20; second++) pace.See(TimeSpan.FromSeconds(10 + second), 10 + 30 * second);

        Assert.Equal(30, pace.StepsPerSecond);
        Assert.Equal(TimeSpan.FromSeconds(390 / 30.0), pace.Left);
        Assert.Equal(0.61, pace.Fraction);
    }
}
