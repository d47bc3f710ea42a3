using GradTorch.Gradients;
using GradTorch.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Models;

public sealed class EnsembleDropoutTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.2)]
    [InlineData(0.9)]
    public void It_drops_its_share_and_scales_up_the_rest(double probability)
    {
        using var state = State(1, 2);
        using var dropout = new EnsembleDropout("dropout", probability, state);
        var masks = HostCopy.Doubles(dropout.call(ones([2, 100, 200], float64)));
        Assert.All(masks, factor => Assert.True(factor == 0 || Math.Abs(factor - 1 / (1 - probability)) < 1e-12));
        // 40,000 draws: five standard deviations.
        var bound = 5 * Math.Sqrt(probability * (1 - probability) / masks.Length);
        Assert.InRange(masks.Count(factor => factor == 0) / (double)masks.Length, probability - bound, probability + bound);
        Assert.InRange(masks.Average(), 1 - bound / (1 - probability), 1 + bound / (1 - probability) + 1e-12);
    }

    [Fact]
    public void A_members_masks_are_its_own_alone_and_among_others_whatever_the_precision()
    {
        double[][] Masks(int first, int count, ScalarType dtype)
        {
            using var state = State([.. Enumerable.Range(first, count)]);
            using var layer1 = new EnsembleDropout("layer1", 0.5, state);
            using var layer2 = new EnsembleDropout("layer2", 0.5, state);
            return [.. Enumerable.Range(0, 4).Select(draw =>
                HostCopy.Doubles((draw % 2 == 0 ? layer1 : layer2).call(ones([count, 8, 8], dtype))))];
        }
        var (together, alone, narrow) = (Masks(3, 3, float64), Masks(4, 1, float64), Masks(4, 1, float32));
        for (var draw = 0; draw < 4; draw++)
        {
            Assert.Equal(alone[draw], together[draw][64..128]);
            Assert.Equal(alone[draw], narrow[draw]);
        }
        Assert.Equal(4, together.Select(mask => string.Join(' ', mask[..64])).Distinct().Count());
        Assert.NotEqual(together[0][..64], together[0][64..128]);
    }

    [Fact]
    public void Backward_goes_through_the_same_mask()
    {
        using var state = State(1);
        using var dropout = new EnsembleDropout("dropout", 0.4, state);
        var x = ones([1, 6, 7], float64).requires_grad_();
        var y = dropout.call(x);
        y.sum().backward();
        Assert.Equal(HostCopy.Doubles(y), HostCopy.Doubles(x.grad!));
    }

    [Fact]
    public void In_evaluation_it_hands_on_the_same_object_and_draws_nothing()
    {
        using var state = State(1);
        using var dropout = new EnsembleDropout("dropout", 0.4, state);
        var before = HostCopy.Doubles(state.Dropout[0].get_state());
        var x = ones([1, 6, 7], float64);
        dropout.eval();
        Assert.Same(x, dropout.call(x));
        Assert.Equal(before, HostCopy.Doubles(state.Dropout[0].get_state()));
    }

    [Fact]
    public void A_replay_has_the_mask_of_each_members_last_step_while_it_was_alive()
    {
        using var state = State(1, 2);
        using var dropout = new EnsembleDropout("dropout", 0.5, state);
        state.Alive = tensor(new[] { true, true });
        Tensor Call() => dropout.call(ones([2, 5, 5], float64));
        var first = HostCopy.Doubles(Call());
        state.Alive[1] = false;
        var second = HostCopy.Doubles(Call());
        var third = HostCopy.Doubles(Call());
        Assert.NotEqual(first[..25], third[..25]);
        Assert.Equal(first[25..], second[25..]);
        Assert.Equal(first[25..], third[25..]);
        state.Replaying = true;
        Assert.Equal(third, HostCopy.Doubles(Call()));
        state.Replaying = false;
        Assert.NotEqual(third[..25], HostCopy.Doubles(Call())[..25]);
    }

    [Fact]
    public void Without_a_step_there_is_nothing_to_replay()
    {
        using var state = State(1);
        using var dropout = new EnsembleDropout("dropout", 0.5, state);
        state.Replaying = true;
        Assert.Throws<InvalidOperationException>(() => dropout.call(ones([1, 2, 2], float64)));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.0)]
    public void A_probability_out_of_range_is_refused(double probability)
    {
        using var state = State(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new EnsembleDropout("dropout", probability, state));
    }

    private static StepState State(params int[] seeds) => new([.. seeds.Select(seed => new MemberSeed(seed))], CPU);
}
