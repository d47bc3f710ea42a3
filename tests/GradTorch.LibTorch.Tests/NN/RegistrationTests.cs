using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GradTorch.LibTorch.Tests.NN;

/// <summary>What a module finds in its fields, under which names and in which order.</summary>
public class RegistrationTests
{
    private class Cell : Module<Tensor, Tensor>
    {
        private readonly Linear _input = Linear(2, 3);
        protected readonly Parameter scale = Parameter(Tensors.Of(1));

        [ComponentName(Name = "counter")]
        private readonly Tensor _steps = Tensors.Of(0);

        protected internal readonly double notAComponent = 1;

        internal Cell(bool register = true) : base("cell")
        {
            if (register) RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            _ = _steps;
            return _input.call(input);
        }
    }

    private sealed class Stack : Cell
    {
        private readonly Cell _below = new(register: false);
        private readonly ModuleList<Cell> _others = new(new Cell(), new Cell());

        internal Stack() => _ = (_below, _others);
    }

    [Fact]
    public void Fields_are_found_private_and_inherited_nested_and_with_their_own_names()
    {
        using var scope = NewDisposeScope();
        using var module = new Stack();
        string[] cell = ["scale", "_input.weight", "_input.bias"];
        Assert.Equal(
            [.. cell.Take(1), .. cell.Select(name => "_below." + name), .. cell.Select(name => "_others.0." + name),
                .. cell.Select(name => "_others.1." + name), .. cell.Skip(1)],
            module.named_parameters().Select(entry => entry.name));
        Assert.Equal(["counter", "_below.counter", "_others.0.counter", "_others.1.counter"],
            module.named_buffers().Select(entry => entry.name));
        Assert.Equal(["_below", "_others", "_input"], module.named_children().Select(entry => entry.name));
        Assert.Equal(
            ["_below", "_others", "_input", "_below._input", "_others.0", "_others.1", "_others.0._input", "_others.1._input"],
            module.named_modules().Select(entry => entry.name));
    }

    [Fact]
    public void Parameters_are_reached_by_the_names_they_are_listed_under()
    {
        using var scope = NewDisposeScope();
        using var module = new Stack();
        foreach (var (name, parameter) in module.named_parameters())
        {
            Assert.Same(parameter, module.get_parameter(name));
            Assert.True(module.has_parameter(name));
        }
        foreach (var (name, buffer) in module.named_buffers()) Assert.Same(buffer, module.get_buffer(name));
        Assert.False(module.has_parameter("_others.2.scale"));
        Assert.False(module.has_parameter("counter"));
        Assert.Null(module.get_buffer("scale"));
        Assert.Null(module.get_parameter(""));
    }

    [Fact]
    public void A_shared_parameter_is_listed_once_under_its_first_name()
    {
        using var scope = NewDisposeScope();
        var layer = Linear(2, 2);
        using var module = Sequential(("a", layer), ("b", layer));
        Assert.Equal(["a.weight", "a.bias"], module.named_parameters().Select(entry => entry.name));
        Assert.Equal(["a.bias", "a.weight", "b.bias", "b.weight"], module.state_dict().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Names_must_be_free_and_well_formed()
    {
        using var scope = NewDisposeScope();
        using var module = new Cell();
        var parameter = Parameter(Tensors.Of(1));
        Assert.Throws<InvalidOperationException>(() => module.register_parameter("scale", parameter));
        Assert.Throws<InvalidOperationException>(() => module.register_buffer("counter", Tensors.Of(1)));
        Assert.Throws<InvalidOperationException>(() => module.register_module("_input", new Cell()));
        Assert.Throws<ArgumentException>(() => module.register_module("a.b", new Cell()));
        Assert.Throws<ArgumentException>(() => module.register_module("", new Cell()));
        Assert.Throws<ArgumentNullException>(() => module.register_parameter("other", null!));
        parameter.Dispose();
        Assert.Throws<ArgumentNullException>(() => module.register_parameter("other", parameter));
        Assert.Throws<InvalidOperationException>(() => ReLU().register_buffer("counter", Tensors.Of(1)));
        module.register_module("_input", null);
        Assert.Equal(["scale"], module.named_parameters().Select(entry => entry.name));
    }

    [Fact]
    public void Training_mode_and_apply_reach_every_submodule_children_first()
    {
        using var scope = NewDisposeScope();
        using var module = new Stack();
        Assert.True(module.training);
        module.eval();
        Assert.All(module.modules(), submodule => Assert.False(submodule.training));
        module.train();
        Assert.All(module.modules(), submodule => Assert.True(submodule.training));

        var seen = new List<string>();
        Assert.Same(module, module.apply(submodule => seen.Add(submodule.GetName())));
        Assert.Equal(["Linear", "cell", "Linear", "cell", "Linear", "cell", "ModuleList", "Linear", "cell"], seen);
    }

    [Fact]
    public void Zero_grad_drops_gradients_or_fills_them_with_zeros()
    {
        using var scope = NewDisposeScope();
        using var layer = Linear(2, 1);
        void Backward() => layer.call(FromMemory<float>([1, 2], [1, 2], ScalarType.Float32)).backward();
        Backward();
        Assert.Equal([1f, 2f], layer.weight.grad!.Values());
        layer.zero_grad(set_to_none: false);
        Assert.Equal([0f, 0f], layer.weight.grad!.Values());
        Backward();
        layer.zero_grad();
        Assert.Null(layer.weight.grad);
    }
}
