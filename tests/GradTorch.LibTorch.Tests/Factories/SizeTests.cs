using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Factories;

public class SizeTests
{
    [Fact]
    public void Sizes_are_equal_by_value()
    {
        Assert.True(new Size((2, 3)) == new Size(new long[] { 2, 3 }));
        Assert.True(new Size((2, 3)) != new Size((3, 2)));
        Assert.Equal(new Size((2L, 3L)).GetHashCode(), new Size([2, 3]).GetHashCode());
        Assert.True(default == Size.Empty);
    }

    [Fact]
    public void Sizes_join_slice_and_count()
    {
        Size shape = (2, 3, 4);
        Assert.Equal(24, shape.numel());
        Assert.Equal([2, 3, 4, 5], (shape + new Size(5)).Shape);
        Assert.Equal([3, 4], shape.Slice(1, 3).Shape);
        Assert.Equal([2, 3], shape.Slice(0, -1).Shape);
        Assert.Equal([3], shape.Slice(-2, -1).Shape);
        Assert.True(shape.Slice(2, 1).IsEmpty);
        Assert.Equal(4, shape[2]);
    }

    [Fact]
    public void Shapes_broadcast_from_their_last_dimension()
    {
        Assert.Equal([2, 3, 4], broadcast_shapes([3, 1], [2, 1, 4], [1]).Shape);
        Assert.Throws<ArgumentException>(() => broadcast_shapes([3], [2]));
        Assert.True(broadcast_shapes().IsEmpty);
    }
}
