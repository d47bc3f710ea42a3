using System.Runtime.InteropServices;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Interop;

public class DispatcherTests
{
    private static Tensor Of(params float[] values) => FromMemory<float>(values, [values.Length], ScalarType.Float32);

    [Fact]
    public void Missing_trailing_arguments_take_the_schemas_defaults()
    {
        using var scope = NewDisposeScope();
        var sum = Aten.Call("add.Tensor", Of(1, 2), Of(10, 20));
        Assert.Equal([11f, 22f], sum.data<float>().ToArray());
        var scaled = Aten.Call("add.Tensor", Of(1, 2), Of(10, 20), 0.5);
        Assert.Equal([6f, 12f], scaled.data<float>().ToArray());
    }

    [Fact]
    public void A_wrong_shape_throws_libtorchs_own_message_without_its_backtrace()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ExternalException>(() => Aten.Call("add.Tensor", Of(1, 2), Of(1, 2, 3)));
        Assert.Contains("The size of tensor a (2) must match the size of tensor b (3)", error.Message);
        Assert.DoesNotContain("frame #", error.Message);
    }

    [Fact]
    public void An_unknown_operator_and_a_wrong_kind_of_argument_say_so()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("no operator aten::nonsense", Assert.Throws<ExternalException>(() => Aten.Call("nonsense", Of(1))).Message);
        Assert.Contains("argument 'other' must be Tensor", Assert.Throws<ExternalException>(() => Aten.Call("add.Tensor", Of(1), 2)).Message);
        Assert.Contains("takes 1 arguments", Assert.Throws<ExternalException>(() => Aten.Call("sin", Of(1), 2)).Message);
    }

    [Fact]
    public void A_disposed_tensor_throws_before_anything_native_happens()
    {
        var tensor = Of(1);
        tensor.Dispose();
        Assert.Throws<InvalidOperationException>(() => Aten.Call("sin", tensor));
    }

    [Fact]
    public void Lists_go_in_and_come_out()
    {
        using var scope = NewDisposeScope();
        var joined = Aten.Call("cat", new[] { Of(1, 2), Of(3, 4) }, 0);
        var parts = Aten.CallList("split.Tensor", joined, 3);
        Assert.Equal([3L, 1L], parts.Select(part => part.NumberOfElements));
        Assert.Equal(4f, parts[1].item<float>());
    }
}
