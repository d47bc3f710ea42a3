using System.Text.Json;
using GradTorch.LibTorch.Tests.Fixtures;
using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Optim;

/// <summary>The problem of tests/Fixtures/optimizers.py: mean((tanh(XW + b) − Y)²) in float64.</summary>
internal sealed class SmallProblem : IDisposable
{
    internal static readonly JsonElement Document = PyTorchFixture.Read("optimizers.json");

    private readonly Tensor _x = Matrix("x", 4, 3);
    private readonly Tensor _y = Matrix("y", 4, 2);

    internal Parameter W { get; } = new(Matrix("w", 3, 2).DetachFromDisposeScope());

    internal Parameter B { get; } = new(FromMemory<double>(Document.GetProperty("b").Doubles(), [2], ScalarType.Float64).DetachFromDisposeScope());

    internal Parameter[] Parameters => [W, B];

    internal double[] Values => [.. Elements.Of(W), .. Elements.Of(B)];

    internal void Set(double[] values)
    {
        using var w = W.data<double>();
        using var b = B.data<double>();
        w.CopyFrom(values[..6]);
        b.CopyFrom(values[6..]);
    }

    internal Tensor Loss()
    {
        using var scope = NewDisposeScope();
        var output = Aten.Call("tanh", Aten.Call("addmm", B, _x, W));
        return scope.MoveToOuter(Aten.Call("mse_loss", output, _y));
    }

    internal void Backward()
    {
        using var loss = Loss();
        loss.backward();
    }

    /// <summary>Steps and compares after each of the steps that the fixture kept.</summary>
    internal void StepAlong(optim.Optimizer optimizer, JsonElement kept, int withoutBiasUntil = 0)
    {
        var steps = Document.GetProperty("keptSteps").EnumerateArray().Select(step => step.GetInt32()).ToArray();
        for (int step = 1, next = 0; step <= steps[^1]; step++)
        {
            optimizer.zero_grad();
            Backward();
            if (step <= withoutBiasUntil) B.grad = null;
            Assert.Null(optimizer.step());
            if (step != steps[next]) continue;
            Numbers.AssertClose(kept[next++].Doubles(), Values, 1e-11, $"after step {step}");
        }
    }

    public void Dispose()
    {
        foreach (var tensor in (Tensor[])[_x, _y, W, B]) tensor.Dispose();
    }

    private static Tensor Matrix(string name, long rows, long columns) =>
        FromMemory<double>(Document.GetProperty(name).Flat(), [rows, columns], ScalarType.Float64);
}

internal static class Numbers
{
    /// <summary>Each value within the relative tolerance, absolute below 1.</summary>
    internal static void AssertClose(double[] expected, double[] actual, double tolerance, string where)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])),
                $"{where}, number {i}: expected {expected[i]:R}, got {actual[i]:R}");
        }
    }
}
