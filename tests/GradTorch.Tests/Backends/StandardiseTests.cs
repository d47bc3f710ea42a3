using GradTorch.Backends;
using GradTorch.Tests.Training;
using static TorchSharp.torch;

namespace GradTorch.Tests.Backends;

/// <summary>However a backend does it, an example becomes the numbers that operators one by one make of it.</summary>
public sealed class StandardiseTests
{
    [Theory]
    [InlineData(ScalarType.Byte, ScalarType.Float32, 70_001)]
    [InlineData(ScalarType.Byte, ScalarType.Float64, 70_001)]
    [InlineData(ScalarType.Float32, ScalarType.Float32, 33)]
    [InlineData(ScalarType.Float64, ScalarType.Float64, 33)]
    [InlineData(ScalarType.Float32, ScalarType.Float64, 33)]
    [InlineData(ScalarType.Int64, ScalarType.Float32, 33)]
    [InlineData(ScalarType.Byte, ScalarType.Float32, 0)]
    public void It_is_product_and_sum_rounded_each(ScalarType stored, ScalarType dtype, long count)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        var raw = randint(0, 256, [count], int64, generator: generator).to(stored);
        var (scale, offset) = (tensor([1 / 90.02], dtype), tensor([-0.81], dtype));
        var before = raw.clone();

        Threads.AssertTheSame(() => Numbers(TorchBackend.Current.Standardise(raw, scale, offset)));

        var made = TorchBackend.Current.Standardise(raw, scale, offset);
        Assert.Equal(dtype, made.dtype);
        Assert.Equal(Bits.Of(Numbers(raw.to(dtype).mul(scale).add(offset))), Bits.Of(Numbers(made)));
        Assert.True(raw.equal(before).all().item<bool>());
    }

    [Fact]
    public void Scales_of_features_and_views_are_taken_too()
    {
        using var scope = NewDisposeScope();
        var raw = arange(24, int64).to(ScalarType.Byte).view(2, 3, 4).transpose(1, 2);
        var (scale, offset) = (tensor([0.1f, 0.2f, 0.3f]), tensor([1f, 2f, 3f]));

        var made = TorchBackend.Current.Standardise(raw, scale, offset);

        Assert.Equal(Bits.Of(Numbers(raw.to(float32).mul(scale).add(offset))), Bits.Of(Numbers(made)));
        Assert.Equal(
            Bits.Of(Numbers(raw.to(float32).mul(scale[0]).add(offset[0]))), Bits.Of(Numbers(TorchBackend.Current.Standardise(raw, scale[0], offset[0]))));
    }

    private static double[] Numbers(Tensor tensor) => tensor.to(float64).contiguous().data<double>().ToArray();
}
