using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Autograd;

public class AutogradTests
{
    private static Tensor Leaf(params double[] values) =>
        FromMemory<double>(values, [values.Length], ScalarType.Float64).requires_grad_();

    private static Tensor Cubed(Tensor x) => Aten.Call("pow.Tensor_Scalar", x, 3);

    private static Tensor Sum(Tensor x) => Aten.Call("sum", x);

    [Fact]
    public void Backward_accumulates_into_the_leaves()
    {
        using var scope = NewDisposeScope();
        var x = Leaf(1, -2);
        Assert.Null(x.grad);
        Sum(Cubed(x)).backward();
        Assert.Equal([3.0, 12], Elements.Of(x.grad!));
        Sum(Cubed(x)).backward();
        Assert.Equal([6.0, 24], Elements.Of(x.grad!));
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void Backward_weighs_outputs_and_stops_at_the_given_inputs()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (Leaf(1, 2), Leaf(3, 4));
        var product = Aten.Call("mul.Tensor", x, y);
        autograd.backward(product, FromMemory<double>([10, 100], [2], ScalarType.Float64), inputs: [y]);
        Assert.Null(x.grad);
        Assert.Equal([10.0, 200], Elements.Of(y.grad!));
        Assert.Contains("grad can be implicitly created only for scalar outputs",
            Assert.Throws<ExternalException>(() => Cubed(x).backward()).Message);
    }

    [Fact]
    public void A_graph_is_used_once_unless_it_is_retained()
    {
        using var scope = NewDisposeScope();
        var x = Leaf(2);
        var y = Cubed(x);
        y.backward(retain_graph: true);
        y.backward();
        Assert.Equal([24.0], Elements.Of(x.grad!));
        Assert.Contains("backward through the graph a second time", Assert.Throws<ExternalException>(() => y.backward()).Message);
    }

    [Fact]
    public void Gradients_of_gradients()
    {
        using var scope = NewDisposeScope();
        var x = Leaf(2);
        var first = autograd.grad([Cubed(x)], [x], create_graph: true)[0];
        var second = autograd.grad([first], [x], create_graph: true)[0];
        var third = autograd.grad([second], [x])[0];
        Assert.Equal((12, 12, 6), (first.item<double>(), second.item<double>(), third.item<double>()));
        Assert.True(first.requires_grad);
        Assert.False(third.requires_grad);
        Assert.Null(x.grad);
    }

    [Fact]
    public void An_unused_input_is_an_error_or_an_invalid_tensor()
    {
        using var scope = NewDisposeScope();
        var (x, unused) = (Leaf(2), Leaf(3));
        Assert.Contains("appears to not have been used in the graph",
            Assert.Throws<ExternalException>(() => autograd.grad([Cubed(x)], [x, unused])).Message);
        var gradients = autograd.grad([Cubed(x)], [x, unused], allow_unused: true);
        Assert.Equal(12, gradients[0].item<double>());
        Assert.True(gradients[1].IsInvalid);
    }

    [Fact]
    public void An_inner_tensor_keeps_its_gradient_when_asked()
    {
        using var scope = NewDisposeScope();
        var x = Leaf(2);
        var inner = Cubed(x);
        inner.retain_grad();
        Cubed(inner).backward();
        Assert.Equal(3 * 64, inner.grad!.item<double>());
        Assert.Equal((true, false), (x.is_leaf, inner.is_leaf));
        Assert.Equal("PowBackward0", inner.grad_fn_name);
    }

    [Fact]
    public void Modes_nest_and_end_with_their_using()
    {
        using var scope = NewDisposeScope();
        var x = Leaf(2);
        Assert.True(is_grad_enabled());
        using (no_grad())
        {
            Assert.False(Cubed(x).requires_grad);
            using (enable_grad()) Assert.True(Cubed(x).requires_grad);
            Assert.False(is_grad_enabled());
        }
        using (set_grad_enabled(false)) Assert.False(is_grad_enabled());
        Assert.True(is_grad_enabled());
        Assert.False(x.detach().requires_grad);
    }

    [Fact]
    public void A_tensor_of_inference_mode_can_not_enter_a_graph()
    {
        using var scope = NewDisposeScope();
        var x = Leaf(2);
        Tensor made;
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
            made = Cubed(x);
            Assert.False(made.requires_grad);
        }
        Assert.False(is_inference_mode_enabled());
        Assert.Contains("Inference tensors cannot be saved for backward",
            Assert.Throws<ExternalException>(() => Aten.Call("mul.Tensor", x, made)).Message);
    }

    [Fact]
    public void Anomaly_mode_names_the_operator_whose_gradient_is_nan()
    {
        using var scope = NewDisposeScope();
        using (autograd.detect_anomaly())
        {
            Assert.True(AnomalyMode.IsEnabled && AnomalyMode.ShouldCheckNaN);
            // d√x/dx at 0 is ∞, and 0·∞ is NaN.
            var y = Sum(Aten.Call("mul.Scalar", Aten.Call("sqrt", Leaf(0)), 0.0));
            Assert.Contains("'SqrtBackward0' returned nan", Assert.Throws<ExternalException>(() => y.backward()).Message);
        }
        Assert.False(AnomalyMode.IsEnabled);
        var x = Leaf(0);
        Sum(Aten.Call("mul.Scalar", Aten.Call("sqrt", x), 0.0)).backward();
        Assert.Equal([double.NaN], Elements.Of(x.grad!));
    }

    [Fact]
    public void A_leaf_can_not_be_changed_in_place_while_gradients_are_recorded()
    {
        using var scope = NewDisposeScope();
        var x = Leaf(1);
        Assert.Contains("leaf Variable that requires grad", Assert.Throws<ExternalException>(() => Aten.CallInto(x, "zero_", x)).Message);
        using (no_grad()) Aten.CallInto(x, "zero_", x);
        Assert.Equal(0, x.item<double>());
    }

    [Fact]
    public void Threads_run_backward_side_by_side()
    {
        var failures = new System.Collections.Concurrent.ConcurrentBag<Exception>();
        var threads = Enumerable.Range(1, 4).Select(number => new Thread(() =>
        {
            try
            {
                for (var i = 0; i < 200; i++)
                {
                    using var scope = NewDisposeScope();
                    var x = Leaf(number);
                    Sum(Cubed(x)).backward();
                    Assert.Equal(3.0 * number * number, x.grad!.item<double>());
                }
                Assert.Equal(0, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
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
