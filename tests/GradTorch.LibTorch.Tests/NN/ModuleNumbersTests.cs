using System.Text.Json;
using GradTorch.LibTorch.Tests.Fixtures;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.NN;

/// <summary>Outputs, gradients and buffers of every module against PyTorch's, from the same weights and inputs.</summary>
public class ModuleNumbersTests
{
    private static readonly Dictionary<string, Func<nn.Module<Tensor, Tensor>>> Modules = new()
    {
        ["relu"] = () => nn.ReLU(),
        ["relu6"] = () => nn.ReLU6(),
        ["leaky_relu"] = () => nn.LeakyReLU(0.2),
        ["elu"] = () => nn.ELU(1.5),
        ["selu"] = () => nn.SELU(),
        ["celu"] = () => nn.CELU(0.7),
        ["gelu"] = () => nn.GELU(),
        ["gelu tanh"] = () => nn.GELU(TorchSharp.Modules.GELU.Approximate.tanh),
        ["silu"] = () => nn.SiLU(),
        ["mish"] = () => nn.Mish(),
        ["tanh"] = () => nn.Tanh(),
        ["sigmoid"] = () => nn.Sigmoid(),
        ["log_sigmoid"] = () => nn.LogSigmoid(),
        ["softmax"] = () => nn.Softmax(1),
        ["log_softmax"] = () => nn.LogSoftmax(0),
        ["softmin"] = () => nn.Softmin(1),
        ["softmax2d"] = () => nn.Softmax2d(),
        ["softplus"] = () => nn.Softplus(2, 10),
        ["softsign"] = () => nn.Softsign(),
        ["tanhshrink"] = () => nn.Tanhshrink(),
        ["hardtanh"] = () => nn.Hardtanh(-0.5, 2),
        ["hardswish"] = () => nn.Hardswish(),
        ["hardsigmoid"] = () => nn.Hardsigmoid(),
        ["hardshrink"] = () => nn.Hardshrink(0.3),
        ["softshrink"] = () => nn.Softshrink(0.3),
        ["threshold"] = () => nn.Threshold(0.1, -7),
        ["glu"] = () => nn.GLU(1),
        ["prelu"] = () => nn.PReLU(6),
        ["rrelu"] = () => nn.RReLU(0.1, 0.4),
        ["dropout"] = () => nn.Dropout(0.3),
        ["identity"] = () => nn.Identity(),
        ["flatten"] = () => nn.Flatten(0),
        ["flatten from 1 to 2"] = () => nn.Flatten(1, 2),
        ["linear"] = () => nn.Linear(6, 4),
        ["linear without bias"] = () => nn.Linear(6, 4, hasBias: false),
        ["layer_norm"] = () => nn.LayerNorm(6),
        ["layer_norm of two dimensions, not affine"] = () => nn.LayerNorm([4, 5], elementwise_affine: false),
        ["batch_norm"] = () => nn.BatchNorm1d(6),
        ["batch_norm of sequences"] = () => nn.BatchNorm1d(3, eps: 1e-3, momentum: 0.3),
        ["batch_norm untracked, not affine"] = () => nn.BatchNorm1d(6, affine: false, track_running_stats: false),
        ["embedding"] = () => nn.Embedding(7, 3, padding_idx: 2),
        ["embedding with bounded norm"] = () => nn.Embedding(7, 3, max_norm: 0.5),
        ["sequential"] = () =>
            nn.Sequential(nn.Linear(6, 8), nn.BatchNorm1d(8), nn.Tanh(), nn.Dropout(0.5), nn.Linear(8, 2)),
    };

    /// <summary>Those that can overwrite their input, with the input's gradient still to be had.</summary>
    private static readonly Dictionary<string, Func<nn.Module<Tensor, Tensor>>> Inplace = new()
    {
        ["relu"] = () => nn.ReLU(true),
        ["relu6"] = () => nn.ReLU6(true),
        ["leaky_relu"] = () => nn.LeakyReLU(0.2, true),
        ["elu"] = () => nn.ELU(1.5, true),
        ["selu"] = () => nn.SELU(true),
        ["celu"] = () => nn.CELU(0.7, true),
        ["tanh"] = () => nn.Tanh(true),
        ["sigmoid"] = () => nn.Sigmoid(true),
        ["hardtanh"] = () => nn.Hardtanh(-0.5, 2, true),
        ["threshold"] = () => nn.Threshold(0.1, -7, true),
        ["dropout"] = () => nn.Dropout(0.3, true),
    };

    /// <summary>What newer releases round otherwise, or give another slope at a corner (hardswish).</summary>
    private static readonly string[] Changed = ["gelu", "hardswish", "layer_norm of two dimensions, not affine"];

    public static TheoryData<string> Names => [.. ModuleFixtures.Names("modules").AsEnumerable<object[]>().Select(row => (string)row[0]).Except(Changed)];

    public static TheoryData<string> ChangedNames => [.. Changed];

    public static TheoryData<string> InplaceNames => [.. Inplace.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_module_gives_PyTorchs_outputs_gradients_and_buffers(string name) => AssertFixture(name);

    [TheoryOnLibtorch113]
    [MemberData(nameof(ChangedNames))]
    public void A_module_gives_its_own_PyTorchs_outputs_gradients_and_buffers(string name) => AssertFixture(name);

    private static void AssertFixture(string name)
    {
        using var scope = NewDisposeScope();
        var fixture = ModuleFixtures.Named("modules", name).Single();
        using var module = Modules[name]();
        module.load_state_dict(fixture.Tensors("state"));
        foreach (var step in fixture.GetProperty("steps").EnumerateArray()) AssertStep(module, step, name);
    }

    [Theory]
    [MemberData(nameof(InplaceNames))]
    public void An_inplace_module_overwrites_its_input_and_gives_the_same_gradient(string name)
    {
        using var scope = NewDisposeScope();
        var step = ModuleFixtures.Named("modules", name).Single().GetProperty("steps")[0];
        using var module = Inplace[name]();
        var leaf = step.Tensor("input").requires_grad_();
        var input = TorchSharp.Interop.Aten.Call("clone", leaf);
        Generator.Default.manual_seed(step.GetProperty("seed").GetInt64());
        var output = module.call(input);
        Assert.NotSame(input, output);
        Tensors.AssertClose(step.Tensor("output"), output, name);
        Tensors.AssertClose(step.Tensor("output"), input, name + " input");
        output.backward([step.Tensor("upstream")]);
        Tensors.AssertClose(step.Tensor("input_gradient"), leaf.grad!, name + " input gradient");
    }

    [Fact]
    public void Every_fixture_has_its_module()
    {
        var names = ModuleFixtures.Cases("modules").Select(fixture => fixture.GetProperty("name").GetString()!);
        Assert.Equal(names.Order(StringComparer.Ordinal), Modules.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Batch_norm_refuses_a_single_value_and_wrong_dimensions_like_PyTorch()
    {
        using var scope = NewDisposeScope();
        using var module = nn.BatchNorm1d(2);
        using var one = FromMemory<float>([1, 2], [1, 2], ScalarType.Float32);
        var error = Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => module.call(one));
        Assert.Contains("Expected more than 1 value per channel when training", error.Message);
        Assert.Throws<ArgumentException>(() => module.call(Tensors.Of(1, 2)));
        module.eval();
        Assert.Equal([1L, 2L], module.call(one).shape);
    }

    [Fact]
    public void An_embedding_from_pretrained_rows_shares_them_and_is_frozen()
    {
        using var scope = NewDisposeScope();
        var rows = FromMemory<float>([1, 2, 3, 4], [2, 2], ScalarType.Float32);
        using var module = nn.Embedding_from_pretrained(rows);
        Assert.False(module.weight!.requires_grad);
        nn.init.constant_(rows, 7);
        Assert.Equal([7f, 7, 7, 7], module.weight.Values());
        using var trained = nn.Embedding_from_pretrained(rows, freeze: false, dtype: ScalarType.Float64);
        Assert.True(trained.weight!.requires_grad);
        Assert.Equal(ScalarType.Float64, trained.weight.dtype);
        Assert.False(rows.requires_grad);
        Assert.Throws<ArgumentException>(() => nn.Embedding(3, 2, padding_idx: 3));
    }

    private static void AssertStep(nn.Module<Tensor, Tensor> module, JsonElement step, string name)
    {
        var input = step.Tensor("input");
        if (input.is_floating_point()) input.requires_grad_();
        module.train(step.GetProperty("training").GetBoolean());
        module.zero_grad();
        Generator.Default.manual_seed(step.GetProperty("seed").GetInt64());
        var output = module.call(input);
        Tensors.AssertClose(step.Tensor("output"), output, name);
        if (output.requires_grad) output.backward([step.Tensor("upstream")]);
        if (step.GetProperty("input_gradient").ValueKind != JsonValueKind.Null)
            Tensors.AssertClose(step.Tensor("input_gradient"), input.grad!, name + " input gradient");

        var gradients = step.Tensors("parameter_gradients");
        Assert.Equal(gradients.Keys, module.named_parameters().Select(entry => entry.name));
        foreach (var (parameter, value) in module.named_parameters())
            Tensors.AssertClose(gradients[parameter], value.grad!, $"{name} gradient of {parameter}");

        var state = module.state_dict();
        var after = step.Tensors("state_after");
        Assert.Equal(after.Keys.Order(StringComparer.Ordinal), state.Keys.Order(StringComparer.Ordinal));
        foreach (var (entry, value) in after) Tensors.AssertClose(value, state[entry], $"{name} {entry}");
    }
}
