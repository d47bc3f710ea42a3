using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GradTorch.LibTorch.Tests.NN;

/// <summary>When forward hooks fire, in which order, and what they may change.</summary>
public class HookTests
{
    private readonly List<string> _log = [];

    /// <summary>Adds one.</summary>
    private sealed class Successor(List<string> log) : Module<Tensor, Tensor>("successor")
    {
        public override Tensor forward(Tensor input)
        {
            log.Add("forward");
            return TorchSharp.Interop.Aten.Call("add.Scalar", input, 1);
        }
    }

    private sealed class Difference() : Module<Tensor, Tensor, Tensor>("difference")
    {
        public override Tensor forward(Tensor input1, Tensor input2) =>
            TorchSharp.Interop.Aten.Call("sub.Tensor", input1, input2);
    }

    private static float Call(Module<Tensor, Tensor> module, float value) => module.call(Tensors.Of(value)).item<float>();

    [Fact]
    public void Hooks_run_around_forward_in_the_order_of_registration()
    {
        using var scope = NewDisposeScope();
        using var module = new Successor(_log);
        module.register_forward_hook((_, input, output) => Logged($"hook {input.item<float>()} {output.item<float>()}"));
        module.register_forward_hook(_ => _log.Add("module hook"));
        module.register_forward_hook((_, _, _) => Logged("second hook"));
        module.register_forward_pre_hook((_, input) => Logged($"pre {input.item<float>()}"));
        module.register_forward_pre_hook(self => _log.Add($"module pre {ReferenceEquals(self, module)}"));
        Assert.Equal(6, Call(module, 5));
        Assert.Equal(["module pre True", "pre 5", "forward", "hook 5 6", "second hook", "module hook"], _log);
    }

    private Tensor Logged(string entry)
    {
        _log.Add(entry);
        return null!;
    }

    [Fact]
    public void Forward_fires_no_hook()
    {
        using var scope = NewDisposeScope();
        using var module = new Successor(_log);
        module.register_forward_pre_hook((_, _) => Logged("pre"));
        module.register_forward_hook((_, _, _) => Logged("hook"));
        Assert.Equal(3, module.forward(Tensors.Of(2)).item<float>());
        Assert.Equal(["forward"], _log);
    }

    [Fact]
    public void What_a_hook_returns_replaces_input_or_output_for_those_after_it()
    {
        using var scope = NewDisposeScope();
        using var module = new Successor(_log);
        module.register_forward_pre_hook((_, _) => Tensors.Of(10));
        module.register_forward_pre_hook((_, input) => Logged($"pre {input.item<float>()}"));
        module.register_forward_hook((_, _, output) => Tensors.Of(output.item<float>() * 100));
        module.register_forward_hook((_, input, output) => Logged($"hook {input.item<float>()} {output.item<float>()}"));
        Assert.Equal(1100, Call(module, 5));
        Assert.Equal(["pre 10", "forward", "hook 10 1100"], _log);
    }

    [Fact]
    public void A_removed_hook_is_silent_and_the_others_keep_their_order()
    {
        using var scope = NewDisposeScope();
        using var module = new Successor(_log);
        var first = module.register_forward_hook((_, _, _) => Logged("first"));
        module.register_forward_hook((_, _, _) => Logged("second"));
        var pre = module.register_forward_pre_hook(_ => _log.Add("pre"));
        first.remove();
        first.remove();
        pre.remove();
        module.register_forward_hook((_, _, _) => Logged("third"));
        Call(module, 1);
        Assert.Equal(["forward", "second", "third"], _log);
    }

    [Fact]
    public void A_hook_may_remove_itself_while_it_runs()
    {
        using var scope = NewDisposeScope();
        using var module = new Successor(_log);
        HookableModule<Func<Module<Tensor, Tensor>, Tensor, Tensor?>, Func<Module<Tensor, Tensor>, Tensor, Tensor, Tensor?>>.HookRemover? remover = null;
        remover = module.register_forward_hook((_, _, _) =>
        {
            remover!.remove();
            return Logged("once");
        });
        module.register_forward_hook((_, _, _) => Logged("always"));
        Call(module, 1);
        Call(module, 1);
        Assert.Equal(["forward", "once", "always", "forward", "always"], _log);
    }

    [Fact]
    public void A_pre_hook_of_two_inputs_replaces_both_or_none()
    {
        using var scope = NewDisposeScope();
        using var module = new Difference();
        var swap = module.register_forward_pre_hook((_, first, second) => (second, first));
        module.register_forward_pre_hook((_, _, _) => null);
        Assert.Equal(-3, module.call(Tensors.Of(5), Tensors.Of(2)).item<float>());
        swap.remove();
        Assert.Equal(3, module.call(Tensors.Of(5), Tensors.Of(2)).item<float>());
    }

    [Fact]
    public void Sequential_fires_the_hooks_of_its_modules()
    {
        using var scope = NewDisposeScope();
        using var module = Sequential(new Successor(_log), new Successor(_log));
        ((Successor)module[1]).register_forward_hook((_, input, _) => Logged($"inner {input.item<float>()}"));
        module.register_forward_hook((_, _, output) => Logged($"outer {output.item<float>()}"));
        Assert.Equal(3, Call(module, 1));
        Assert.Equal(["forward", "forward", "inner 2", "outer 3"], _log);
    }
}
