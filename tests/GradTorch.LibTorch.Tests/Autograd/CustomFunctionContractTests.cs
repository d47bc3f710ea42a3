using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Autograd;

/// <summary>What custom functions promise beyond the ordinary case.</summary>
public class CustomFunctionContractTests
{
    private static Tensor Leaf(params double[] values) =>
        FromMemory<double>(values, [values.Length], ScalarType.Float64).requires_grad_();

    private static Tensor Mul(Tensor x, Tensor y) => Aten.Call("mul.Tensor", x, y);

    private static Tensor Scale(Tensor x, double factor) => Aten.Call("mul.Scalar", x, factor);

    private static Tensor Sum(Tensor x) => Aten.Call("sum", x);

    /// <summary>(x·y, x + factor·y), and what backward was given.</summary>
    private sealed class ProductAndSum : autograd.MultiTensorFunction<ProductAndSum>
    {
        internal static readonly List<bool> Given = [];

        public override string Name => nameof(ProductAndSum);

        public override List<Tensor> forward(autograd.AutogradContext ctx, params object?[] vars)
        {
            var (x, y, factor) = ((Tensor)vars[0]!, (Tensor)vars[2]!, (double)vars[1]!);
            Assert.Null(vars[3]);
            ctx.save_for_backward([x, y]);
            ctx.save_data("factor", factor);
            ctx.set_materialize_grads((bool)vars[4]!);
            return [Mul(x, y), Aten.Call("add.Tensor", x, y, factor)];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
        {
            Given.Clear();
            Given.AddRange(grad_outputs.Select(gradient => gradient is not null));
            var saved = ctx.get_saved_variables();
            var factor = (double)ctx.get_data("factor")!;
            var (product, sum) = (grad_outputs[0], grad_outputs[1]);
            Tensor? ofX = null, ofY = null;
            if (product is not null) (ofX, ofY) = (Mul(product, saved[1]), Mul(product, saved[0]));
            if (sum is not null)
            {
                ofX = ofX is null ? sum : Aten.Call("add.Tensor", ofX, sum);
                ofY = ofY is null ? Scale(sum, factor) : Aten.Call("add.Tensor", ofY, sum, factor);
            }
            return [ofX!, null!, ofY!, null!, null!];
        }
    }

    [Fact]
    public void Two_outputs_and_arguments_that_are_no_tensors()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (Leaf(2, 3), Leaf(5, 7));
        var outputs = ProductAndSum.apply(x, 10.0, y, null, true);
        Aten.Call("add.Tensor", Sum(outputs[0]), Sum(outputs[1])).backward();
        Assert.Equal([6.0, 8], Elements.Of(x.grad!));
        Assert.Equal([12.0, 13], Elements.Of(y.grad!));
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void An_output_without_a_gradient_comes_as_zeros_or_as_null(bool materialize)
    {
        using var scope = NewDisposeScope();
        var (x, y) = (Leaf(2), Leaf(5));
        Sum(ProductAndSum.apply(x, 10.0, y, null, materialize)[1]).backward();
        Assert.Equal([materialize, true], ProductAndSum.Given);
        Assert.Equal((1, 10), (x.grad!.item<double>(), y.grad!.item<double>()));
    }

    [Fact]
    public void A_function_used_twice_in_a_graph_keeps_two_contexts()
    {
        using var scope = NewDisposeScope();
        var x = Leaf(2);
        var y = Leaf(5);
        var first = ProductAndSum.apply(x, 1.0, y, null, true)[0];
        var second = ProductAndSum.apply(first, 1.0, first, null, true)[0]; // (xy)²
        second.backward();
        Assert.Equal((2 * 2 * 25, 2 * 4 * 5), (x.grad!.item<double>(), y.grad!.item<double>()));
    }

    /// <summary>Doubles its argument in place; the second output says where it was positive.</summary>
    private sealed class DoubleInPlace : autograd.MultiTensorFunction<DoubleInPlace>
    {
        public override string Name => nameof(DoubleInPlace);

        public override List<Tensor> forward(autograd.AutogradContext ctx, params object?[] vars)
        {
            var x = (Tensor)vars[0]!;
            var positive = Aten.Call("gt.Scalar", x, 0);
            var floating = Aten.Call("to.dtype", positive, ScalarType.Float64);
            ctx.mark_non_differentiable([floating]);
            ctx.mark_dirty([x]);
            return [Aten.CallInto(x, "mul_.Scalar", x, 2), floating];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs) => [Scale(grad_outputs[0], 2)];
    }

    [Fact]
    public void A_dirty_argument_is_the_output_and_a_non_differentiable_output_needs_no_gradient()
    {
        using var scope = NewDisposeScope();
        var x = Leaf(1, -3);
        var inner = Scale(x, 5);
        var outputs = DoubleInPlace.apply(inner);
        Assert.Equal([10.0, -30], Elements.Of(inner));
        Assert.Equal("DoubleInPlace", inner.grad_fn_name);
        Assert.False(outputs[1].requires_grad);
        Assert.Equal([1.0, 0], Elements.Of(outputs[1]));
        Sum(inner).backward();
        Assert.Equal([10.0, 10], Elements.Of(x.grad!));
        Assert.Contains("leaf Variable that requires grad", Assert.Throws<ExternalException>(() => DoubleInPlace.apply(x)).Message);
    }

    /// <summary>Fails, or returns too few gradients, as its arguments say.</summary>
    private sealed class Wrong : autograd.SingleTensorFunction<Wrong>
    {
        public override string Name => nameof(Wrong);

        public override Tensor forward(autograd.AutogradContext ctx, params object?[] vars)
        {
            ctx.save_data("how", vars[1]);
            var result = Aten.Call("clone", (Tensor)vars[0]!);
            return vars[1] is "forward" ? throw new InvalidDataException("from forward") : result;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => ctx.get_data("how") switch
        {
            "too few" => [grad_output],
            "not a tensor" => [grad_output, grad_output],
            _ => throw new InvalidDataException("from backward"),
        };
    }

    [Fact]
    public void Exceptions_come_back_as_themselves_and_leave_nothing_behind()
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (NewDisposeScope())
        {
            var x = Leaf(1);
            Assert.Equal("from forward", Assert.Throws<InvalidDataException>(() => { Wrong.apply(x, "forward"); }).Message);
            Assert.True(is_grad_enabled());
            var y = Wrong.apply(x, "backward");
            var error = Assert.Throws<InvalidDataException>(() => y.backward());
            Assert.Equal("from backward", error.Message);
            Assert.Contains(nameof(Wrong.backward), error.StackTrace);
            Assert.Null(x.grad);
            Assert.Contains("expected 2", Assert.Throws<NotImplementedException>(() => Wrong.apply(x, "too few").backward()).Message);
            Assert.Contains("position 2", Assert.Throws<NotImplementedException>(() => Wrong.apply(x, "not a tensor").backward()).Message);
        }
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Saved_tensors_can_be_read_only_inside_backward()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<InvalidOperationException>(() => { ReadsTooEarly.apply(Leaf(1)); });
    }

    private sealed class ReadsTooEarly : autograd.SingleTensorFunction<ReadsTooEarly>
    {
        public override string Name => nameof(ReadsTooEarly);

        public override Tensor forward(autograd.AutogradContext ctx, params object?[] vars)
        {
            ctx.save_for_backward([(Tensor)vars[0]!]);
            return ctx.get_saved_variables()[0];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => [grad_output];
    }

    /// <summary>Keeps the object that it is given in its context, as .NET data, and its own output.</summary>
    private sealed class Holding : autograd.SingleTensorFunction<Holding>
    {
        public override string Name => nameof(Holding);

        public override Tensor forward(autograd.AutogradContext ctx, params object?[] vars)
        {
            ctx.save_data("held", vars[1]);
            var output = Scale((Tensor)vars[0]!, 3);
            ctx.save_for_backward([output]);
            return output;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            Assert.NotNull(ctx.get_data("held"));
            Assert.Equal(nameof(Holding), ctx.get_saved_variables()[0].grad_fn_name);
            return [Scale(grad_output, 3), null!];
        }
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void With_the_graph_the_node_and_what_it_holds_are_freed(bool runBackward)
    {
        using var scope = NewDisposeScope();
        var x = Leaf(1);
        var (held, output) = Hold(x, runBackward);
        Garbage.Collect();
        Assert.True(held.IsAlive);
        output.Dispose();
        Garbage.Collect();
        Assert.False(held.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Held, Tensor Output) Hold(Tensor x, bool runBackward)
    {
        var held = new object();
        var output = Holding.apply(x, held);
        if (runBackward) output.backward();
        return (new WeakReference(held), output);
    }

    [Fact]
    public void Threads_run_custom_functions_side_by_side_and_each_gets_its_own_exception()
    {
        var failures = new ConcurrentBag<Exception>();
        var threads = Enumerable.Range(1, 4).Select(number => new Thread(() =>
        {
            try
            {
                for (var i = 0; i < 100; i++)
                {
                    using var scope = NewDisposeScope();
                    var x = Leaf(number);
                    Holding.apply(x, new object()).backward();
                    Assert.Equal(3, x.grad!.item<double>());
                    Assert.Throws<InvalidDataException>(() => Wrong.apply(x, "backward").backward());
                }
            }
            catch (Exception failure)
            {
                failures.Add(failure);
            }
        })).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        Assert.Empty(failures);
    }
}
