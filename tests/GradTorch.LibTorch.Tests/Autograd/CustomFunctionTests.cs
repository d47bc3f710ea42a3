using TorchSharp;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Autograd;

public class CustomFunctionTests
{
    private sealed class Scaled : autograd.SingleTensorFunction<Scaled>
    {
        public override string Name => nameof(Scaled);

        public override Tensor forward(autograd.AutogradContext ctx, params object?[] vars)
        {
            var x = (Tensor)vars[0]!;
            ctx.save_for_backward([x]);
            ctx.save_data("factor", vars[1]);
            return Aten.Call("mul.Scalar", Aten.Call("mul.Tensor", x, x), (double)vars[1]!);
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            var x = ctx.get_saved_variables()[0];
            var slope = Aten.Call("mul.Scalar", x, 2 * (double)ctx.get_data("factor")!);
            return [Aten.Call("mul.Tensor", grad_output, slope), null!];
        }
    }

    private sealed class Failing : autograd.SingleTensorFunction<Failing>
    {
        public override string Name => nameof(Failing);

        public override Tensor forward(autograd.AutogradContext ctx, params object?[] vars) => Aten.Call("clone", (Tensor)vars[0]!);

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            throw new InvalidDataException("from user code");
    }

    private static Tensor Leaf(params double[] values) =>
        FromMemory<double>(values, [values.Length], ScalarType.Float64).requires_grad_();

    [Fact]
    public void Backward_runs_in_csharp_with_saved_tensors_and_data()
    {
        using var scope = NewDisposeScope();
        var x = Leaf(1, -2, 3);
        var y = Scaled.apply(x, 0.5);
        Assert.Equal([0.5, 2, 4.5], y.data<double>().ToArray());
        Assert.Equal("Scaled", y.grad_fn_name);
        Aten.Call("sum", y).backward();
        Assert.Equal([1.0, -2, 3], x.grad!.data<double>().ToArray());
    }

    [Fact]
    public void Without_gradients_to_compute_nothing_enters_the_graph()
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        Assert.False(Scaled.apply(Leaf(1), 1.0).requires_grad);
    }

    [Fact]
    public void An_exception_in_backward_comes_back_as_itself_and_leaks_nothing()
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (NewDisposeScope())
        {
            var y = Aten.Call("sum", Failing.apply(Leaf(1, 2)));
            Assert.Equal("from user code", Assert.Throws<InvalidDataException>(() => y.backward()).Message);
        }
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void A_saved_tensor_changed_in_place_is_noticed()
    {
        using var scope = NewDisposeScope();
        var x = Aten.Call("mul.Scalar", Leaf(1, 2), 1.0);
        var y = Aten.Call("sum", Scaled.apply(x, 1.0));
        using (no_grad()) Aten.CallInto(x, "zero_", x);
        var error = Assert.ThrowsAny<Exception>(() => y.backward());
        Assert.Contains("modified by an inplace operation", error.Message);
    }
}
