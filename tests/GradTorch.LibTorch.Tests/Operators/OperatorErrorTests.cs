using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Operators;

/// <summary>What a wrong call throws: TorchSharp's exception with libtorch's message. Nothing leaks, the process goes on.
/// </summary>
public class OperatorErrorTests
{
    private static Tensor Floats(params long[] shape) =>
        FromMemory<float>(new float[shape.Aggregate(1L, (n, size) => n * size)], shape, ScalarType.Float32);

    private static readonly Dictionary<string, (Func<Tensor[], object> Call, string Message)> Wrong = new(StringComparer.Ordinal)
    {
        ["shapes that don't broadcast"] = (x => x[0] + x[1], "The size of tensor a (3) must match the size of tensor b (2)"),
        ["a shape that the result doesn't fit into"] = (x => x[1].add_(x[3]), "doesn't match the broadcast shape"),
        ["a dimension out of range"] = (x => x[0].sum(5), "Dimension out of range (expected to be in range of [-2, 1], but got 5)"),
        ["a mean of integers"] = (x => x[2].mean(), "could not infer output dtype"),
        ["bits of floats"] = (x => x[0] & x[0], "\"bitwise_and_cpu\" not implemented for 'Float'"),
        ["integers in place of a fraction"] = (x => x[2].div_(2.5), "result type Float can't be cast to the desired output type Long"),
        ["negated Booleans"] = (x => -(x[2] == 0), "Negation, the `-` operator, on a bool tensor is not supported"),
        ["a clamp without limits"] = (x => x[0].clamp((TorchSharp.Scalar?)null), "At least one of 'min' or 'max' must not be None"),
        ["the maximum of nothing"] = (x => x[4].max(), "Expected reduction dim to be specified for input.numel() == 0"),
        ["a probability above 1"] = (x => x[0].bernoulli_(1.5), "bernoulli_ expects p to be in [0, 1], but got p=1.5"),
        ["a negative deviation"] = (x => x[0].normal_(0, -1), "normal expects std >= 0.0, but found std -1"),
        ["a null tensor"] = (x => x[0].add((Tensor)null!), "Expected a proper Tensor but got None"),
        ["a leaf that needs its gradient, in place"] = (x => x[0].requires_grad_().exp_(),
            "a leaf Variable that requires grad is being used in an in-place operation"),
    };

    public static TheoryData<string> Mistakes => [.. Wrong.Keys];

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_wrong_call_throws_libtorchs_message_and_leaks_nothing(string mistake)
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (NewDisposeScope())
        {
            Tensor[] inputs = [Floats(2, 3), Floats(2, 2), FromMemory<long>([1, 2], [2], ScalarType.Int64),
                Floats(4, 2, 2), Floats(0)];
            var error = Assert.Throws<ExternalException>(() => Wrong[mistake].Call(inputs));
            Assert.Contains(Wrong[mistake].Message, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("frame #", error.Message, StringComparison.Ordinal);
        }
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Theory]
    [MemberData(nameof(OperatorTests.Names), MemberType = typeof(OperatorTests))]
    public void A_disposed_tensor_throws_and_leaks_nothing(string name)
    {
        using var scope = NewDisposeScope();
        var operation = OperatorCases.ByName[name];
        var inputs = OperatorFixtures.ByName[name].Samples[0].Inputs.Select(input => input.ToTensor()).ToArray();
        inputs[^1].Dispose();
        foreach (var spelling in operation.Also.Prepend(operation.Run))
        {
            var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            Assert.Throws<InvalidOperationException>(() => spelling(inputs));
            Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }
    }

    [Fact]
    public void Where_wants_a_Boolean_condition()
    {
        using var scope = NewDisposeScope();
        var x = Floats(2);
        Assert.Throws<ArgumentException>(() => where(x, x, x));
    }

    [Fact]
    public void A_scalar_does_not_become_a_tensor_by_itself() =>
        Assert.Throws<InvalidOperationException>(() => { Tensor never = (TorchSharp.Scalar)1; never.Dispose(); });
}
