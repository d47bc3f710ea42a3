namespace GradTorch.LibTorch.Tests.Soak;

/// <summary>10,000 training steps must leave neither tensors nor memory behind.</summary>
public class TrainingSoakTests
{
    /// <summary>Bytes. Thirty kilobytes is usual; a leak of 120 bytes a step is more than this.</summary>
    private const long MostGrowth = 1 << 20;

    [Fact]
    public async Task Ten_thousand_steps_leave_no_tensors_and_less_than_a_megabyte()
    {
        var left = await SoakProcess.Run(leak: false);
        Assert.True(left is { NewTensors: 0, NewTensorsOfThread: 0, Growth: < MostGrowth }, left.ToString());
    }

    /// <summary>The same steps with a leak of 1 KB each: 8,750 of them lie between the first window and the last.</summary>
    [Fact]
    public async Task A_tensor_of_a_kilobyte_left_behind_at_every_step_is_found_by_both_measures()
    {
        var left = await SoakProcess.Run(leak: true);
        Assert.True(left is { NewTensors: 10_000, Growth: > 8 << 20 }, left.ToString());
    }
}
