using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GradTorch.LibTorch.Tests.NN;

public class ParameterVectorAndClippingTests
{
    [Fact]
    public void Clipping_by_norm_gives_PyTorchs_norm_and_gradients()
    {
        using var scope = NewDisposeScope();
        foreach (var fixture in ModuleFixtures.Cases("clipping"))
        {
            var before = fixture.GetProperty("before").EnumerateArray().Select(ModuleFixtures.Decoded).ToArray();
            var parameters = before.Select(gradient =>
            {
                var parameter = Parameter(TorchSharp.Interop.Aten.Call("zeros_like", gradient));
                parameter.grad = gradient;
                return parameter;
            }).Append(Parameter(Tensors.Of(1))).ToArray();
            var normType = fixture.GetProperty("norm_type") is { ValueKind: System.Text.Json.JsonValueKind.Number } number
                ? number.GetDouble() : double.PositiveInfinity;
            var norm = utils.clip_grad_norm_(parameters, fixture.GetProperty("max_norm").GetDouble(), normType);
            Assert.Equal(fixture.GetProperty("norm").GetDouble(), norm, 1e-5);
            foreach (var (after, parameter) in fixture.GetProperty("after").EnumerateArray().Zip(parameters))
                Tensors.AssertClose(ModuleFixtures.Decoded(after), parameter.grad!, "clipped");
        }
    }

    [Fact]
    public void Clipping_leaves_no_tensor_behind_and_takes_parameters_without_gradients()
    {
        using var layer = Linear(3, 2);
        Assert.Equal(0, utils.clip_grad_norm_(layer.parameters(), 1));
        using (var input = FromMemory<float>([1, 2, 3], [1, 3], ScalarType.Float32))
        using (var output = layer.call(input))
        using (var ones = FromMemory<float>([1, 1], [1, 2], ScalarType.Float32))
            output.backward([ones]);
        var before = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Assert.Equal(Math.Sqrt(30), utils.clip_grad_norm_(layer.parameters(), 1), 1e-5);
        utils.clip_grad_value_(layer.parameters(), 0.25);
        Assert.Equal(before, TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        using var gradient = layer.weight.grad!;
        var unit = (float)(1 / Math.Sqrt(30));
        Assert.Equal([unit, 0.25f, 0.25f, unit, 0.25f, 0.25f], gradient.Values().Select(value => MathF.Round(value, 5)),
            (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void Parameters_go_into_one_vector_and_back()
    {
        using var scope = NewDisposeScope();
        using var layer = Linear(3, 2);
        var vector = utils.parameters_to_vector(layer.parameters());
        Assert.Equal([.. layer.weight.Values(), .. layer.bias!.Values()], vector.Values());
        var numbers = Enumerable.Range(0, 8).Select(i => (float)i).ToArray();
        utils.vector_to_parameters(Tensors.Of(numbers), layer.parameters());
        Assert.Equal(numbers[..6], layer.weight.Values());
        Assert.Equal(numbers[6..], layer.bias!.Values());
        Assert.True(layer.weight.is_leaf);
        Assert.Throws<ArgumentException>(() => utils.vector_to_parameters(Tensors.Of(1), layer.parameters()));
    }
}
