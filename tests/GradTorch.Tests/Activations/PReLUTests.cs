using GradTorch.Activations;
using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Initialisation;
using GradTorch.Models;
using TorchSharp;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace GradTorch.Tests.Activations;

/// <summary>The slope that each layer of each member learns.</summary>
public sealed class PReLUTests : IDisposable
{
    private static readonly ModelShape Shape = new(
        new ModelSection { Depth = 4, Width = 5, Activation = new ActivationSection { Forward = "prelu" } }, Features: 7, Outputs: 3);

    private readonly DisposeScope scope = NewDisposeScope();

    public static TheoryData<string> Backwards => [.. BackwardRegistry.Names];

    public void Dispose() => scope.Dispose();

    /// <summary>By autograd, through whatever backward, and as a model with its own backward asks for it.</summary>
    [Theory]
    [MemberData(nameof(Backwards))]
    public void Its_gradient_is_the_sum_of_what_came_back_times_the_negative_parts(string backward)
    {
        var (activation, slopes) = (new PReLU(), new Parameter(zeros([3, 1, 1], float64)));
        activation.Learn(slopes);
        using (no_grad()) slopes.copy_(tensor([-0.5, 0.25, 2.0]).reshape(3, 1, 1));
        var surrogate = backward == BackwardRegistry.Exact ? null : SurrogateRegistry.Find(backward).Surrogate;
        var (z, upstream) = (Arrays.Normal(1, 3 * 4 * 5), Arrays.Normal(2, 3 * 4 * 5));
        var (z_SBH, upstream_SBH) = (z.ToTensor(float64, 3, 4, 5), upstream.ToTensor(float64, 3, 4, 5));

        (new Nonlinearity(activation, surrogate, MemberValues.Uniform(1, 3)).Apply(z_SBH) * upstream_SBH).sum().backward();

        double[] expected = [.. Enumerable.Range(0, 3).Select(member =>
            Enumerable.Range(member * 20, 20).Sum(i => upstream[i] * Math.Min(z[i], 0)))];
        Assert.Equal([3, 1, 1], slopes.grad!.shape);
        Arrays.AssertClose(expected, HostCopy.Doubles(slopes.grad), relative: 1e-13);
        Arrays.AssertClose(expected, HostCopy.Doubles(activation.ParameterGradient(z_SBH, upstream_SBH)), relative: 1e-13);
    }

    [Fact]
    public void Each_member_has_its_own_slope_below_0_whatever_the_dimensions()
    {
        var activation = new PReLU();
        activation.Learn(new Parameter(zeros([2, 1, 1], float64)));
        using (no_grad()) activation.Parameter.copy_(tensor([0.5, 3.0]).reshape(2, 1, 1));
        foreach (var shape in (long[][])[[2, 3, 4], [2, 3, 2, 2], [2, 12]])
        {
            var z = Arrays.Normal(4, 24);
            double Slope(int i) => z[i] > 0 ? 1 : i < 12 ? 0.5 : 3;
            Assert.Equal(z.Select((value, i) => value * Slope(i)), HostCopy.Doubles(activation.Forward(z.ToTensor(float64, shape))));
            Assert.Equal(z.Select((_, i) => Slope(i)), HostCopy.Doubles(activation.Derivative(z.ToTensor(float64, shape))));
        }
    }

    [Fact]
    public void A_model_counts_initialises_and_differentiates_it_with_its_other_parameters()
    {
        using var model = Build();
        // 148 as without it, and one for each hidden layer.
        Assert.Equal(152, DeepMlp.CountParameters(Shape));
        Assert.Equal([2, 152], model.Parameters.Values.shape);
        Assert.Equal(2 * 152, model.parameters().Sum(parameter => parameter.numel()));
        Assert.Contains(model.named_parameters(), named => named.name == "hidden.1.activation.slope");
        var slopes = Slopes(model);
        Assert.All(slopes, slope => Assert.All(HostCopy.Doubles(slope), value => Assert.Equal(0.25, value)));

        model.call(Arrays.Normal(3, 2 * 6 * 7).ToTensor(float64, 2, 6, 7)).square().sum().backward();
        Assert.All(slopes, slope => Assert.All(HostCopy.Doubles(slope.grad!), value => Assert.NotEqual(0, value)));
        using (no_grad()) model.Parameters.Values.sub_(0.01 * model.Parameters.Gradients);
        Assert.All(slopes, slope => Assert.Equal(
            HostCopy.Doubles(0.25 - 0.01 * slope.grad!), HostCopy.Doubles(slope), (a, b) => Math.Abs(a - b) < 1e-15));
        model.Parameters.Dispose();
    }

    [Fact]
    public void Without_a_parameter_it_says_so()
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => new PReLU().Forward(ones(2)));
        Assert.Equal("PReLU learns a number, but its model gave it no parameter", thrown.Message);
    }

    private static Parameter[] Slopes(DeepMlp model) =>
        [.. model.Layers.Select(layer => layer.Activation?.Nonlinearity.Forward).OfType<PReLU>().Select(prelu => prelu.Parameter)];

    private static DeepMlp Build()
    {
        MemberSeed[] seeds = [new MemberSeed(0), new MemberSeed(1)];
        var model = new DeepMlp(new ModelBlueprint(Shape, () => new Nonlinearity(new PReLU()), seeds, float64, CPU));
        model.Initialise(
            seeds, InitialiserRegistry.Find("he-normal"), Enumerable.Repeat(new InitialParameters(BiasVariance: 0.1), 2).ToArray());
        return model;
    }
}
