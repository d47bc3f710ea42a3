using GradTorch.Gradients;
using static TorchSharp.torch;

namespace GradTorch.Tests.Gradients;

public sealed class HostCopyTests
{
    [Fact]
    public void A_tensor_without_elements_has_none()
    {
        using var empty = zeros([3, 0, 2], float64);
        Assert.Empty(HostCopy.Doubles(empty));
    }

    [Fact]
    public void Elements_come_in_row_major_order_whatever_the_layout_and_type()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([1.5, 3, 2, 4], HostCopy.Doubles(tensor(new float[,] { { 1.5f, 2 }, { 3, 4 } }).t()));
    }
}
