using GradTorch.Data;
using GradTorch.Gradients;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Data;

public sealed class ExamplesTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void A_batch_holds_each_members_own_examples_standardised(ScalarType dtype)
    {
        using var standardiser = new Standardiser([0.5, 2, 1], [1, -3, 0], dtype, CPU);
        using var examples = FourOfThree(standardiser);
        var (inputs, labels, lengths) = examples.Gather(tensor(new long[] { 3, 0, 1, 1 }).reshape(2, 2));
        Assert.Equal(4, examples.Count);
        Assert.Null(lengths);
        Assert.Equal([2, 2, 3], inputs.shape);
        Assert.Equal([2, 2], labels.shape);
        Assert.Equal((dtype, int64), (inputs.dtype, labels.dtype));
        double[] fourth = [9 * 0.5 + 1, 10 * 2 - 3, 255], first = [0 * 0.5 + 1, 1 * 2 - 3, 2], second = [3 * 0.5 + 1, 4 * 2 - 3, 5];
        Assert.Equal([.. fourth, .. first, .. second, .. second], HostCopy.Doubles(inputs));
        Assert.Equal([7, 4, 5, 5], HostCopy.Doubles(labels));
    }

    [Fact]
    public void One_scale_and_offset_serve_all_features()
    {
        using var standardiser = new Standardiser([2], [-1], float64, CPU);
        using var examples = FourOfThree(standardiser);
        Assert.Equal([5, 7, 9], HostCopy.Doubles(examples.Gather(tensor(new long[] { 1 }).reshape(1, 1)).Inputs));
    }

    [Fact]
    public void A_range_holds_neighbours_and_leaves_the_data_as_they_are()
    {
        using var standardiser = new Standardiser([2], [-1], float64, CPU);
        using var examples = FourOfThree(standardiser);
        for (var repeat = 0; repeat < 2; repeat++)
        {
            var (inputs, labels, lengths) = examples.Range(1, 2);
            Assert.Equal([1, 2, 3], inputs.shape);
            Assert.Equal([5, 7, 9, 11, 13, 15], HostCopy.Doubles(inputs));
            Assert.Equal([1, 2], labels.shape);
            Assert.Equal([5, 6], HostCopy.Doubles(labels));
            Assert.Null(lengths);
        }
    }

    private static StoredExamples FourOfThree(Standardiser standardiser) => new(
        tensor(new byte[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255 }, ScalarType.Byte).reshape(4, 3),
        tensor(new long[] { 4, 5, 6, 7 }), standardiser);
}
