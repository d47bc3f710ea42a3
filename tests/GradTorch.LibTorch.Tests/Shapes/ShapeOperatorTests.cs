using System.Globalization;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Shapes;

/// <summary>Shape, index, join, sort and linear algebra operators against PyTorch, and their gradients against central
/// finite differences in float64.</summary>
public class ShapeOperatorTests
{
    private const double Step = 1e-5;

    public static TheoryData<string> All => [.. ShapeCases.ByName.Keys];

    public static TheoryData<string> Differentiable =>
        [.. ShapeCases.ByName.Keys.Where(name => ShapeFixtures.ByName[name].Gradient)];

    [Fact]
    public void Every_case_has_a_fixture_and_every_fixture_a_case() =>
        Assert.Equal(ShapeFixtures.ByName.Keys.Order(StringComparer.Ordinal), ShapeCases.ByName.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(All))]
    public void Every_form_gives_what_PyTorch_gives(string name)
    {
        var fixture = ShapeFixtures.ByName[name];
        foreach (var form in ShapeCases.ByName[name])
        {
            using var scope = NewDisposeScope();
            var inputs = fixture.Inputs.Select(input => input.ToTensor()).ToArray();
            var results = form(inputs);
            Assert.Equal(fixture.Outputs.Count, results.Length);
            foreach (var (expected, result) in fixture.Outputs.Zip(results))
            {
                Assert.Equal(expected.Type, result.dtype);
                Assert.Equal(expected.Shape, result.shape);
                AssertClose(expected.Values, Elements(result), 1e-10, name);
            }
            foreach (var (stored, input) in fixture.Inputs.Zip(inputs)) Assert.Equal(stored.Values, Elements(input));
        }
    }

    [Theory]
    [MemberData(nameof(Differentiable))]
    public void Every_forms_gradient_agrees_with_finite_differences(string name)
    {
        foreach (var form in ShapeCases.ByName[name]) AssertGradient(form, ShapeFixtures.ByName[name], name);
    }

    private static void AssertGradient(Func<Tensor[], Tensor[]> form, ShapeFixtures.Fixture fixture, string name)
    {
        using var scope = NewDisposeScope();
        var inputs = fixture.Inputs.Select(input => input.ToTensor()).ToArray();
        var leaves = inputs.Where(input => input.is_floating_point()).ToList();
        foreach (var leaf in leaves) leaf.requires_grad = true;
        var outputs = Real(form(inputs)).Where(output => output.requires_grad).ToList();
        var upstream = outputs.Select((output, i) => linspace(-0.7 - i, 1.3, output.numel(), ScalarType.Float64).reshape(output.shape)).ToList();
        var gradients = autograd.grad(outputs, leaves, upstream, allow_unused: true);
        foreach (var leaf in leaves) leaf.requires_grad = false;
        foreach (var (leaf, gradient) in leaves.Zip(gradients))
        {
            var expected = Differences(leaf, () => Real(form(inputs)).Zip(upstream).Sum(pair => Dot(Elements(pair.First), Elements(pair.Second))));
            AssertClose(expected, gradient.IsInvalid ? new double[expected.Length] : Elements(gradient), 1e-6, name);
        }
    }

    private static IEnumerable<Tensor> Real(Tensor[] results) => results.Where(result => result.is_floating_point());

    private static double Dot(double[] left, double[] right) => left.Zip(right).Sum(pair => pair.First * pair.Second);

    private static double[] Differences(Tensor leaf, Func<double> function)
    {
        var differences = new double[leaf.numel()];
        for (var i = 0; i < differences.Length; i++)
        {
            var at = MemoryMarshal.Cast<byte, double>(leaf.bytes)[i];
            differences[i] = (With(at + Step) - With(at - Step)) / (2 * Step);
            MemoryMarshal.Cast<byte, double>(leaf.bytes)[i] = at;

            double With(double value)
            {
                using var scope = NewDisposeScope();
                MemoryMarshal.Cast<byte, double>(leaf.bytes)[i] = value;
                return function();
            }
        }
        return differences;
    }

    private static double[] Elements(Tensor tensor)
    {
        using var doubles = tensor.detach().to(ScalarType.Float64);
        using var elements = doubles.data<double>();
        return elements.ToArray();
    }

    private static void AssertClose(double[] expected, double[] actual, double tolerance, string name)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = Math.Max(1, expected.Length == 0 ? 1 : expected.Max(Math.Abs));
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * scale, string.Create(CultureInfo.InvariantCulture,
                $"{name}: element {i} is {actual[i]:R}, expected {expected[i]:R}"));
        }
    }
}
