using System.Globalization;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Operators;

/// <summary>Autograd of every differentiable operator against central finite differences of its forward, in float64.
/// </summary>
public class GradientTests
{
    private const double Step = 1e-5;
    private const double Tolerance = 1e-7;

    public static TheoryData<string> Differentiable =>
        [.. OperatorCases.ByName.Values.Where(one => one.NotDifferentiable is null).Select(one => one.Name)];

    public static TheoryData<string> NotDifferentiable =>
        [.. OperatorCases.ByName.Values.Where(one => one.NotDifferentiable is not null).Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Differentiable))]
    public void Backward_agrees_with_central_differences(string name)
    {
        var samples = OperatorFixtures.ByName[name].Samples.Where(sample => sample.Gradient).ToArray();
        Assert.True(samples.Length > 0, $"{name} has neither points for gradients nor a reason why it has none.");
        foreach (var sample in samples) AssertBackward(name, sample);
    }

    /// <summary>A newer libtorch may have learnt a derivative: then it must be right.</summary>
    [Theory]
    [MemberData(nameof(NotDifferentiable))]
    public void What_opts_out_has_no_derivative_in_libtorch_either(string name)
    {
        foreach (var sample in OperatorFixtures.ByName[name].Samples)
        {
            using var scope = NewDisposeScope();
            var inputs = sample.Inputs.Select(input => input.ToTensor()).ToArray();
            var leaves = inputs.Where(input => input.is_floating_point()).ToList();
            foreach (var leaf in leaves) leaf.requires_grad = true;
            foreach (var output in OperatorCases.ByName[name].Run(inputs).Where(output => output.requires_grad))
            {
                var error = Record.Exception(() => autograd.grad([output], leaves, [output.detach()]));
                if (error is null) AssertBackward(name, Assert.Single(OperatorFixtures.ByName[name].Samples, one => one.Gradient));
                else Assert.Contains("not implemented", error.Message);
            }
        }
    }

    private static void AssertBackward(string name, OperatorFixtures.Sample sample)
    {
        using var scope = NewDisposeScope();
        var run = OperatorCases.ByName[name].Run;
        var inputs = sample.Inputs.Select(input => input.ToTensor()).ToArray();
        var leaves = inputs.Where(input => input.dtype == ScalarType.Float64).ToArray();
        foreach (var leaf in leaves) leaf.requires_grad = true;
        var outputs = Real(run(inputs));
        var upstream = Upstream(outputs);
        var gradients = autograd.grad(outputs, leaves, upstream, allow_unused: true);
        foreach (var leaf in leaves) leaf.requires_grad = false;
        foreach (var (leaf, gradient) in leaves.Zip(gradients))
        {
            // No gradient at all means zero.
            var elements = gradient.IsInvalid ? new double[leaf.NumberOfElements] : TensorComparison.Elements(gradient);
            AssertAgree(Differences(leaf, () => Weighted(run(inputs), upstream)), elements, name);
        }
    }

    private static List<Tensor> Real(Tensor[] results) => [.. results.Where(result => result.is_floating_point())];

    /// <summary>Random upstream gradients, the same in every run.</summary>
    private static List<Tensor> Upstream(List<Tensor> outputs)
    {
#pragma warning disable CA5394 // Reproducible points, nothing secret.
        var random = new System.Random(20);
        return [.. outputs.Select(output => FromMemory<double>(
            [.. Enumerable.Range(0, (int)output.NumberOfElements).Select(_ => 2 * random.NextDouble() - 1)],
            output.shape, ScalarType.Float64))];
#pragma warning restore CA5394
    }

    private static double Weighted(Tensor[] results, List<Tensor> upstream) => Real(results).Zip(upstream)
        .Sum(pair => TensorComparison.Elements(pair.First).Zip(TensorComparison.Elements(pair.Second)).Sum(e => e.First * e.Second));

    private static double[] Differences(Tensor leaf, Func<double> function)
    {
        var differences = new double[leaf.NumberOfElements];
        for (var i = 0; i < differences.Length; i++)
        {
            var at = MemoryMarshal.Cast<byte, double>(leaf.bytes)[i];
            differences[i] = (At(at + Step) - At(at - Step)) / (2 * Step);
            At(at);

            double At(double value)
            {
                using var scope = NewDisposeScope();
                MemoryMarshal.Cast<byte, double>(leaf.bytes)[i] = value;
                return function();
            }
        }
        return differences;
    }

    private static void AssertAgree(double[] differences, double[] elements, string name)
    {
        var scale = Math.Max(1, differences.Max(Math.Abs));
        for (var i = 0; i < differences.Length; i++)
        {
            Assert.True(Math.Abs(differences[i] - elements[i]) <= Tolerance * scale, string.Create(CultureInfo.InvariantCulture,
                $"{name}: derivative {i} is {elements[i]:R}, finite differences say {differences[i]:R}"));
        }
    }
}
