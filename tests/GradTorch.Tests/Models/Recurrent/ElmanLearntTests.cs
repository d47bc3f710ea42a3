using GradTorch.Activations;
using GradTorch.Backends;
using GradTorch.Backends.Measures;
using GradTorch.Backends.Scan;
using GradTorch.Gradients;
using GradTorch.Models;
using GradTorch.Models.Recurrent;
using GradTorch.Quantities;
using GradTorch.Tests.Activations;
using GradTorch.Tests.Backends;
using GradTorch.Tests.Backends.Scan;
using GradTorch.Tests.Oracles;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Models.Recurrent;

/// <summary>An activation that learns inside a scan, and saturation that is asked of the slopes.</summary>
public sealed class ElmanLearntTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public static TheoryData<string, string> Backwards =>
        BackendNames.With(BackwardRegistry.Exact, "sigmoid-function", "clipped-straight-through");

    public static TheoryData<string, string> Activations => BackendNames.With("prelu", "gelu", "silu", "heaviside", "tanh");

    public void Dispose() => scope.Dispose();

    /// <summary>Against autograd, cell by cell: with truncation, ended sequences and surrogates.</summary>
    [Theory]
    [MemberData(nameof(Backwards))]
    public void What_it_learns_has_the_gradient_of_the_cells(string backend, string backward)
    {
        var surrogate = backward == BackwardRegistry.Exact ? null : SurrogateRegistry.Find(backward).Surrogate;
        foreach (var truncate in (int?[])[null, 1, 3])
        foreach (var every in (bool[])[false, true])
        foreach (var ended in (bool[])[false, true])
        {
            using var inner = NewDisposeScope();
            var problem = new ElmanProblem(members: 3, timesteps: 7);
            var prelu = (LearntActivation)RegisteredActivation.Learning(new PReLU(), members: 3);
            using (no_grad()) prelu.Parameter.copy_(tensor([-0.4, 0.25, 1.3]).reshape(3, 1, 1));
            var options = new ElmanScanOptions(
                new Nonlinearity(prelu, surrogate, MemberValues.Uniform(0.8, 3)), every, truncate, ended ? problem.Lengths : null);

            problem.Backward(new ElmanOracle(problem.X, problem.Input, problem.Bias, problem.Recurrent, options).Output);
            var expected = HostCopy.Doubles(prelu.Parameter.grad!);
            prelu.Parameter.grad!.zero_();
            problem.Backward(problem.Scan(BackendNames.Create(backend), options));

            Assert.Contains(expected, gradient => gradient != 0);
            Arrays.AssertClose(expected, HostCopy.Doubles(prelu.Parameter.grad), relative: 1e-10);
        }
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void The_saturated_states_of_a_layer_are_those_whose_slope_is_small(string backend, string activation)
    {
        var problem = new ElmanProblem(members: 2, timesteps: 6);
        var g = new Nonlinearity(RegisteredActivation.Learning(RegisteredActivation.Create(activation), members: 2));
        using var slopes = SlopeSaturation.Of(g, 2);
        var table = full([2, 4], 7.5, float64);
        var (low, high) = g.Saturation ?? (double.NegativeInfinity, double.PositiveInfinity);
        problem.Scan(BackendNames.Create(backend), new ElmanScanOptions(
            g, Record: problem.NewRecord(new StateRecord(table, 0, 1, 2, 3, low, high, slopes))));

        var (a, _) = ElmanScanForward.Run(
            problem.X, problem.Input.detach(), problem.Bias.detach(), problem.Recurrent.detach(), new ElmanScanOptions(g),
            BackendNames.Create(backend));
        for (var member = 0; member < 2; member++)
        {
            var small = HostCopy.Doubles(g.Slope(a)[member]).Select(slope => Math.Abs(slope) <= 0.05 * g.LargestSlope(member));
            Assert.Equal(small.Average(saturated => saturated ? 1.0 : 0.0), HostCopy.Doubles(table[member, 2])[0], 1e-12);
        }
    }

    [Fact]
    public void A_layer_takes_its_parameter_and_records()
    {
        var shape = new RecurrentShape(Inputs: 2, Units: 4, EveryOutput: false, LearntPerActivation: 1);
        using var parameters = new EnsembleParameters(3, ElmanLayer.CountParameters(shape), float64, CPU);
        using var layer = new ElmanLayer("rnn", shape, new Nonlinearity(new PReLU()), parameters);
        // U 2·4, W 4·4, b 4, and the slope.
        Assert.Equal(29, ElmanLayer.CountParameters(shape));
        Assert.Equal(3 * 29, layer.parameters().Sum(parameter => parameter.numel()));
        var timesteps = zeros([3, 5, TimestepQuantities.Count], float64);
        var quantities = zeros([3, LayerQuantities.Count], float64);
        using var measures = TorchBackend.Current.Measures(CPU);
        layer.Record = new SequenceRecord(timesteps, quantities, measures);
        using (no_grad()) parameters.Values.narrow(1, 0, 28).copy_(tensor(Arrays.Normal(3, 3 * 28)).reshape(3, 28));
        layer.call(Arrays.Normal(4, 3 * 5 * 6 * 2).ToTensor(float64, 3, 5, 6, 2)).square().sum().backward();
        Assert.Equal([0.25, 0.25, 0.25], HostCopy.Doubles(parameters.Values.select(1, 28)));
        Assert.DoesNotContain(0, HostCopy.Doubles(parameters.Gradients.select(1, 28)));
        Assert.DoesNotContain(0, HostCopy.Doubles(timesteps.select(2, (int)TimestepQuantity.HiddenGradient)));
    }
}
