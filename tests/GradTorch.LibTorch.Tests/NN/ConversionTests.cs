using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GradTorch.LibTorch.Tests.NN;

/// <summary>A module in another element type, and what becomes of its tensors when it is disposed.</summary>
public class ConversionTests
{
    private sealed class Model : Module<Tensor, Tensor>
    {
        private readonly Sequential _layers = Sequential(Linear(3, 4), BatchNorm1d(4), LayerNorm(4), PReLU(1), Linear(4, 1));
        internal readonly Parameter scale = Parameter(Tensors.Of(2));
        internal readonly Tensor offset = Tensors.Of(1);
        internal readonly Tensor scratch = Tensors.Of(0);

        internal Model() : base(nameof(Model))
        {
            register_buffer("scratch", scratch, persistent: false);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            using var hidden = _layers.call(input);
            using var scaled = TorchSharp.Interop.Aten.Call("mul.Tensor", hidden, scale);
            return TorchSharp.Interop.Aten.Call("add.Tensor", scaled, offset);
        }
    }

    private static Tensor Input(ScalarType type)
    {
        var input = FromMemory<float>([1, 2, 3, -4, 5, 6], [2, 3], ScalarType.Float32);
        return input.to(type);
    }

    [Fact]
    public void Every_parameter_gradient_and_buffer_changes_its_type_and_keeps_its_value()
    {
        using var scope = NewDisposeScope();
        using var model = new Model();
        var before = model.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.Values());
        model.call(Input(ScalarType.Float32)).backward([FromMemory<float>([1, 1], [2, 1], ScalarType.Float32)]);
        var gradients = model.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.grad!.Values());

        Assert.Same(model, model.to(float64));
        Assert.Equal(before.Keys, model.named_parameters().Select(entry => entry.name));
        foreach (var (name, parameter) in model.named_parameters())
        {
            Assert.Equal(float64, parameter.dtype);
            Assert.True(parameter.requires_grad && parameter.is_leaf);
            Assert.Equal(before[name].Select(value => (double)value), parameter.data<double>().ToArray());
            Assert.Equal(gradients[name].Select(value => (double)value), parameter.grad!.data<double>().ToArray());
        }
        Assert.Same(model.scale, model.get_parameter("scale"));
        Assert.Same(model.offset, model.get_buffer("offset"));
        Assert.Equal([float64, float64, float64, float64, int64],
            model.named_buffers().Select(entry => entry.buffer.dtype));
        Assert.Equal(float64, model.call(Input(float64)).dtype);
    }

    [Fact]
    public void A_buffer_outside_the_state_dictionary_stays_outside_when_converted()
    {
        using var scope = NewDisposeScope();
        using var model = new Model();
        model.to(float64);
        Assert.Equal(float64, model.scratch.dtype);
        Assert.DoesNotContain("scratch", model.state_dict().Keys);
        Assert.DoesNotContain("scratch", model.named_buffers(include_nonpersistent: false).Select(entry => entry.name));
        Assert.Contains("scratch", model.named_buffers().Select(entry => entry.name));
    }

    [Fact]
    public void A_conversion_to_what_it_is_keeps_the_very_parameters()
    {
        using var scope = NewDisposeScope();
        using var model = new Model();
        var before = model.parameters().ToArray();
        model.to(float32).cpu().to("cpu").@float();
        Assert.Equal(before, model.parameters(), ReferenceEqualityComparer.Instance);
    }

    [Fact]
    public void Integer_types_and_missing_devices_are_refused()
    {
        using var scope = NewDisposeScope();
        using var model = new Model();
        Assert.Throws<ArgumentException>(() => model.to(int64));
        Assert.Throws<ArgumentException>(() => model.@long());
        if (!cuda.is_available()) Assert.Throws<InvalidOperationException>(() => model.cuda());
    }

    [Fact]
    public void A_module_outlives_the_scope_it_was_made_or_converted_in()
    {
        Linear layer;
        using (NewDisposeScope()) layer = Linear(2, 3);
        using (NewDisposeScope()) layer.to(float64);
        using (layer) Assert.Equal([3L, 2L], layer.weight.shape);
    }

    [Fact]
    public void Disposing_a_module_frees_everything_it_holds_also_after_a_conversion()
    {
        var before = TotalTensors();
        var model = new Model();
        Assert.Equal(before + 15, TotalTensors());
        model.to(float64);
        Assert.Equal(before + 15, TotalTensors());
        var parameters = model.parameters().ToArray();
        model.Dispose();
        Assert.Equal(before, TotalTensors());
        Assert.All(parameters, parameter => Assert.True(parameter.IsInvalid));
        model.Dispose();
        Assert.Equal(before, TotalTensors());
    }

    private static long TotalTensors() => TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    [Fact]
    public void A_forward_through_every_module_leaves_only_its_result()
    {
        using var model = new Model();
        using var input = Input(ScalarType.Float32);
        var before = TotalTensors();
        using (var output = model.call(input)) Assert.Equal(before + 1, TotalTensors());
        Assert.Equal(before, TotalTensors());
    }

    private sealed class Throwing() : Module<Tensor, Tensor>("throwing")
    {
        public override Tensor forward(Tensor input) => throw new InvalidDataException("from user code");
    }

    private sealed class HandsOn() : Module<Tensor, Tensor>("hands on")
    {
        public override Tensor forward(Tensor input) => input;
    }

    [Fact]
    public void When_a_module_inside_throws_nothing_leaks_and_the_input_lives_on()
    {
        using var input = Tensors.Of(1, 2);
        foreach (var module in new[] { Sequential(Tanh(), Sigmoid(), new Throwing()), Sequential(new Throwing()), Sequential(new HandsOn(), Tanh(), new HandsOn(), new Throwing()) })
        {
            var before = TotalTensors();
            Assert.Equal("from user code", Assert.Throws<InvalidDataException>(() => module.call(input)).Message);
            Assert.Equal(before, TotalTensors());
            Assert.Equal([1f, 2f], input.Values());
        }
    }

    [Fact]
    public void A_module_that_returns_its_input_is_safe_in_a_sequential()
    {
        using var input = Tensors.Of(0, 0);
        using var module = Sequential(new HandsOn(), Sigmoid(), new HandsOn());
        using var output = module.call(input);
        Assert.Equal([0.5f, 0.5f], output.Values());
        Assert.Equal([0f, 0f], input.Values());
    }
}
