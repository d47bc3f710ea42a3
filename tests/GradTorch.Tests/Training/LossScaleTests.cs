using GradTorch.Gradients;
using GradTorch.Training;
using static TorchSharp.torch;

namespace GradTorch.Tests.Training;

public sealed class LossScaleTests
{
    [Fact]
    public void Each_member_s_halves_at_an_overflow_and_doubles_after_two_thousand_updates_without()
    {
        using var scope = NewDisposeScope();
        using var scale = new LossScale(3, CPU);
        var finite = ones([3], ScalarType.Bool);
        Assert.Equal([65536, 65536, 65536], HostCopy.Doubles(scale.Values));

        Assert.Equal([0, 1, 0], Marks(scale.Update(finite, Of(true, false, true))));
        Assert.Equal([65536, 32768, 65536], HostCopy.Doubles(scale.Values));
        for (var update = 1; update < LossScale.Patience; update++) Assert.Equal([0, 0, 0], Marks(scale.Update(finite, finite)));
        Assert.Equal([131072, 32768, 131072], HostCopy.Doubles(scale.Values));
        scale.Update(finite, finite);
        Assert.Equal([131072, 65536, 131072], HostCopy.Doubles(scale.Values));
    }

    [Fact]
    public void Where_nothing_is_scaled_any_more_or_the_loss_itself_is_not_finite_nothing_is_left_out()
    {
        using var scope = NewDisposeScope();
        using var scale = new LossScale(2, CPU);
        var (finite, none) = (ones([2], ScalarType.Bool), zeros([2], ScalarType.Bool));
        Assert.Equal([1, 0], Marks(scale.Update(Of(true, false), none)));
        for (var halving = 1; halving < 16; halving++) scale.Update(finite, none);
        Assert.Equal([1, 2], HostCopy.Doubles(scale.Values));
        Assert.Equal([0, 1], Marks(scale.Update(finite, none)));
        Assert.Equal([1, 1], HostCopy.Doubles(scale.Values));
        Assert.Equal([0, 0], Marks(scale.Update(finite, none)));
    }

    private static Tensor Of(params bool[] marks) => tensor(marks);

    private static double[] Marks(Tensor marks) => HostCopy.Doubles(marks.to(float64));
}
