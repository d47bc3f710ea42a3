using GradTorch.Data;
using GradTorch.Gradients;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Data;

public sealed class EnsembleOrderTests : IDisposable
{
    private const int Count = 23, Batch = 5;

    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Every_epoch_of_every_member_is_without_repeats_and_drops_the_incomplete_batch()
    {
        using var order = Order(1, 2, 3);
        Assert.Equal((5, 4), (order.Batch, order.BatchesPerEpoch));
        var epochs = Enumerable.Range(0, 3).Select(_ => Epoch(order)).ToArray();
        foreach (var member in epochs.SelectMany(epoch => epoch))
        {
            Assert.Equal(20, member.Distinct().Count());
            Assert.All(member, index => Assert.InRange(index, 0, Count - 1));
        }
        // In time every example comes: it is not the same three that are left out.
        Assert.True(epochs.SelectMany(epoch => epoch[0]).Distinct().Count() > 20);
    }

    [Fact]
    public void When_the_batch_divides_the_data_an_epoch_is_a_permutation()
    {
        using var order = new EnsembleOrder([new MemberSeed(1)], 20, Batch, CPU);
        for (var epoch = 0; epoch < 2; epoch++)
            Assert.Equal(Enumerable.Range(0, 20).Select(i => (double)i), Epoch(order)[0].Order());
    }

    [Fact]
    public void Members_and_epochs_have_orders_of_their_own()
    {
        using var order = Order(1, 2);
        var (first, second) = (Epoch(order), Epoch(order));
        Assert.NotEqual(first[0], first[1]);
        Assert.NotEqual(first[0], second[0]);
        Assert.NotEqual(first[0], first[0].Order());
    }

    [Fact]
    public void A_members_order_does_not_depend_on_the_others()
    {
        using var together = Order(1, 2, 3);
        using var alone = Order(2);
        for (var epoch = 0; epoch < 3; epoch++) Assert.Equal(Epoch(alone)[0], Epoch(together)[1]);
    }

    [Fact]
    public void Drawing_from_other_generators_does_not_change_it()
    {
        using var calm = Order(4);
        var expected = Epoch(calm);
        using var disturbed = Order(4);
        random.manual_seed(9);
        randn(100);
        Assert.Equal(expected, Epoch(disturbed));
    }

    [Fact]
    public void A_batch_larger_than_the_data_is_refused_with_both_numbers()
    {
        var refusal = Assert.Throws<ArgumentException>(() => new EnsembleOrder([new MemberSeed(1)], 4, 5, CPU));
        Assert.Contains("5", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("4 training examples", refusal.Message, StringComparison.Ordinal);
    }

    private static EnsembleOrder Order(params long[] seeds) =>
        new([.. seeds.Select(seed => new MemberSeed(seed))], Count, Batch, CPU);

    /// <returns>The indices of one epoch, member by member.</returns>
    private static double[][] Epoch(EnsembleOrder order)
    {
        var batches = Enumerable.Range(0, (int)order.BatchesPerEpoch).Select(_ => order.Next().clone()).ToArray();
        Assert.All(batches, batch => Assert.Equal(Batch, batch.shape[1]));
        var all = cat(batches, 1);
        return [.. HostCopy.Doubles(all).Chunk((int)all.shape[1])];
    }
}
