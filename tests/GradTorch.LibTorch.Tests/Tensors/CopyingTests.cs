using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Tensors;

public class CopyingTests
{
    [Fact]
    public void A_clone_has_memory_of_its_own()
    {
        using var scope = NewDisposeScope();
        Tensor x = new[] { 1.0, 2 };
        var copy = clone(x);
        x.fill_(5);
        Assert.Equal([1.0, 2], copy.data<double>().ToArray());
        Assert.Equal([5.0, 5], x.data<double>().ToArray());
    }

    [Fact]
    public void Copying_converts_and_broadcasts_and_returns_its_own_tensor()
    {
        using var scope = NewDisposeScope();
        Tensor x = new[] { 0f, 0, 0 }, three = 3L;
        Assert.Same(x, x.copy_(three));
        Assert.Equal([3f, 3, 3], x.data<float>().ToArray());
        Assert.Same(x, x.zero_());
        Assert.Equal([0f, 0, 0], x.data<float>().ToArray());
    }

    [Fact]
    public void Contiguous_is_another_reference_to_the_same_memory_when_there_is_nothing_to_do()
    {
        using var scope = NewDisposeScope();
        Tensor x = new[] { 1.0, 2 };
        var same = x.contiguous();
        Assert.NotSame(x, same);
        x.fill_(7);
        Assert.Equal([7.0, 7], same.data<double>().ToArray());
    }

    [Fact]
    public void Amax_and_amin_write_into_a_given_tensor()
    {
        using var scope = NewDisposeScope();
        Tensor x = new[] { 1.0, 2, -3 }, result = 0.0;
        x.amax([0], @out: result);
        Assert.Equal(2, result.item<double>());
        amin(x, new long[] { 0 }, @out: result);
        Assert.Equal(-3, result.item<double>());
    }

    [Fact]
    public void Zeros_that_autograd_keeps_without_memory_can_be_read()
    {
        using var scope = NewDisposeScope();
        var x = ((Tensor)new[] { 1.0, -2 }).requires_grad_();
        x.sgn().sum().backward();
        Assert.Equal([0.0, 0], x.grad!.data<double>().ToArray());
    }
}
