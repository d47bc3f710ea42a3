using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GradTorch.LibTorch.Tests.NN;

/// <summary>Containers keep what they hold registered, whatever is added, moved or taken out.</summary>
public class ContainerTests
{
    private static IEnumerable<string> Children(Module module) =>
        module.named_children().Select(child => $"{child.name}:{child.module.GetName()}");

    [Fact]
    public void A_sequential_is_made_from_every_form_of_list_and_cut_by_ranges()
    {
        using var scope = NewDisposeScope();
        using var module = Sequential(("in", Linear(3, 2)), ("act", Tanh()), ("out", Linear(2, 1)));
        Assert.Equal(["in:Linear", "act:Tanh", "out:Linear"], Children(module));
        Assert.Equal(["in.weight", "in.bias", "out.weight", "out.bias"], module.named_parameters().Select(entry => entry.name));
        Assert.Equal(["act:Tanh", "out:Linear"], Children(module[1..]));
        Assert.Equal(["in:Linear", "act:Tanh"], Children(module[(null, 2)]));
        Assert.Throws<IndexOutOfRangeException>(() => module[(0, 4)]);
        Assert.Equal(["0:ReLU", "1:Tanh"], Children(Sequential(ReLU(), Tanh())));
        Assert.Equal(["a:ReLU"], Children(Sequential(Tuple.Create("a", (Module<Tensor, Tensor>)ReLU()))));
        Assert.Equal(["0:ReLU", "last:Tanh"], Children(Sequential().append(ReLU()).append("last", Tanh())));
    }

    [Fact]
    public void An_empty_sequential_hands_on_a_reference_of_its_own()
    {
        using var scope = NewDisposeScope();
        var input = Tensors.Of(1, 2);
        var output = Sequential().call(input);
        input.Dispose();
        Assert.Equal([1f, 2f], output.Values());
    }

    [Fact]
    public void A_module_list_numbers_its_modules_anew_when_it_changes()
    {
        using var scope = NewDisposeScope();
        using var list = ModuleList<Module>(ReLU(), Tanh());
        var sigmoid = Sigmoid();
        list.Insert(1, sigmoid);
        Assert.Equal(["0:ReLU", "1:Sigmoid", "2:Tanh"], Children(list));
        list.RemoveAt(0);
        list.append(GELU());
        Assert.Equal(["0:Sigmoid", "1:Tanh", "2:GELU"], Children(list));
        list[1] = ReLU();
        Assert.True(list.Remove(sigmoid));
        Assert.Equal(["0:ReLU", "1:GELU"], Children(list));
        Assert.Equal(1, list.IndexOf(list[1]));
    }

    [Fact]
    public void A_module_dictionary_keeps_order_and_names()
    {
        using var scope = NewDisposeScope();
        using var dictionary = ModuleDict<Module>(("a", ReLU()), ("b", Tanh()));
        dictionary["c"] = Sigmoid();
        dictionary["a"] = GELU();
        dictionary.Insert(1, ("between", SELU()));
        Assert.Equal(["a:GELU", "between:SELU", "b:Tanh", "c:Sigmoid"], Children(dictionary));
        Assert.True(dictionary.Remove("b"));
        Assert.False(dictionary.TryGetValue("b", out _));
        Assert.True(dictionary.TryGetValue("c", out var found));
        Assert.Equal("Sigmoid", found.GetName());
        Assert.Equal(["a", "between", "c"], dictionary.Select<(string, Module), string>(entry => entry.Item1));
        Assert.Throws<InvalidOperationException>(() => dictionary.Add("a", ReLU()));
    }

    [Fact]
    public void Lists_and_dictionaries_of_parameters_follow_conversions()
    {
        using var scope = NewDisposeScope();
        using var list = ParameterList(Parameter(Tensors.Of(1)), Parameter(Tensors.Of(2)));
        list.Insert(0, Parameter(Tensors.Of(0)));
        using var dictionary = ParameterDict(("a", Parameter(Tensors.Of(3))));
        _ = (list.to(ScalarType.Float64), dictionary.to(ScalarType.Float64));
        Assert.Equal([0.0, 1, 2], list.Select(parameter => parameter.item<double>()));
        Assert.Equal(3, dictionary["a"].item<double>());
        Assert.Equal(["0", "1", "2"], list.named_parameters().Select(entry => entry.name));
        Assert.Equal(1, list.IndexOf(list[1]));
        list.RemoveAt(1);
        Assert.Equal(["0", "1"], list.named_parameters().Select(entry => entry.name));
    }
}
