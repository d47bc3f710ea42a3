using GradTorch.Backends;
using GradTorch.Backends.Scan;
using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Gradients.Measurements;
using GradTorch.Models.Norms;
using GradTorch.Quantities;
using GradTorch.Tests.Backends.Scan;
using GradTorch.Tests.Oracles;
using GradTorch.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Gradients.Measurements;

/// <summary>A step that is repeated shows what the step itself had, and leaves everything as it was.</summary>
public sealed class RepeatedStepTests : IDisposable
{
    private static readonly Dictionary<string, ModelSection> Sections = new()
    {
        ["mlp"] = new(),
        ["mlp, dropout and batch norm"] = new() { Norm = "batch", Dropout = 0.3 },
        ["mlp, norm after"] = new() { Norm = "layer", NormPlace = NormPlace.AfterActivation },
        ["mlp, surrogate"] = new() { Activation = new ActivationSection { Forward = "relu", Backward = "sigmoid-function" } },
        ["mlp, learnt"] = new() { Activation = new ActivationSection { Forward = "prelu" } },
        ["residual"] = new() { Kind = "residual", Skip = new SkipSection { Join = SkipJoin.BeforeActivation } },
        ["residual, after"] = new() { Kind = "residual", Skip = new SkipSection { Join = SkipJoin.AfterActivation } },
        ["elman"] = new() { Kind = "elman" },
        ["elman, truncated"] = new() { Kind = "elman", Truncate = 2 },
        ["gru"] = new() { Kind = "gru" },
        ["lstm"] = new() { Kind = "lstm" },
    };

    private readonly DisposeScope scope = NewDisposeScope();

    public static TheoryData<string, bool> Cases
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var name in Sections.Keys)
            foreach (var ends in Sections[name].Kind is "mlp" or "residual" ? [false] : new[] { false, true }) data.Add(name, ends);
            return data;
        }
    }

    public void Dispose() => scope.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_watched_is_what_is_recorded(string name, bool ends)
    {
        using var net = new MeasuredNet(Sections[name], ends: ends);
        using var table = new GradientTable(net.Model, TorchBackend.Current);
        table.Begin();
        var loss = net.Loss();
        net.Model.Parameters.ZeroGradients();
        table.Backward(loss);
        table.MeasureGradients();
        var recorded = HostCopy.Doubles(table.Values.select(2, (int)LayerQuantity.PreactivationGradient));
        using var step = new RepeatedStep(net.Model);
        step.Run(Repetition.Same, net.Loss, () =>
        {
            for (var layer = 0; layer < net.Model.LayerNames.Count; layer++)
            {
                var norms = HostCopy.Doubles(step.Watches[layer].Gradients().flatten(1)).Chunk((int)step.Watches[layer].Gradients()[0].numel())
                    .Select(MeasureOracle.Norm).ToArray();
                var expected = Enumerable.Range(0, MeasuredNet.Members).Select(member => recorded[member * net.Model.LayerNames.Count + layer]).ToArray();
                Assert.All(expected, norm => Assert.True(norm > 0));
                Arrays.AssertClose(expected, norms, 1e-10);
            }
        });
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Nothing_of_a_repetition_stays(string name, bool ends)
    {
        using var net = new MeasuredNet(Sections[name], float32, ends: ends);
        net.Step();
        var (weights, gradients, statistics) = (All(net.Model.Parameters.Values), All(net.Model.Parameters.Gradients), Statistics());
        using var step = new RepeatedStep(net.Model);
        foreach (var repetition in Enum.GetValues<Repetition>())
        {
            step.Run(repetition, net.Loss, () => { });
            Assert.Equal(weights, All(net.Model.Parameters.Values));
            Assert.Equal(gradients, All(net.Model.Parameters.Gradients));
            Assert.Equal(statistics, Statistics());
        }
        Assert.Throws<InvalidOperationException>(() => step.Run(Repetition.Same, () => throw new InvalidOperationException(), () => { }));
        Assert.Equal(gradients, All(net.Model.Parameters.Gradients));
        // The next step draws masks, and moves statistics, as if there had been no repetition.
        using var twin = new MeasuredNet(Sections[name], float32, ends: ends);
        twin.Step();
        twin.Step();
        net.Step();
        Assert.Equal(All(twin.Model.Parameters.Gradients), All(net.Model.Parameters.Gradients));

        static long[] All(Tensor tensor) => Bits.Of(HostCopy.Doubles(tensor));

        long[] Statistics() =>
            [.. net.Model.modules().OfType<BatchNorm>().SelectMany(norm => All(norm.RunningMean).Concat(All(norm.RunningVariance)))];
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(null, true)]
    [InlineData(2, false)]
    public void A_scan_shows_every_timestep_of_an_oracle(int? truncate, bool ends)
    {
        var problem = new ElmanProblem(members: 2, timesteps: 6);
        using var watch = new GradTorch.Backends.Measures.LayerWatch();
        var options = new ElmanScanOptions(
            new GradTorch.Activations.Nonlinearity(new GradTorch.Activations.Tanh()), EveryOutput: true, truncate, ends ? problem.Lengths : null);
        (problem.Scan(TorchBackend.Current, options with { Watch = watch }) * problem.Upstream).sum().backward();
        var oracle = new ElmanOracle(problem.X, problem.Input, problem.Bias, problem.Recurrent, options);
        (oracle.Output * problem.Upstream).sum().backward();

        Arrays.AssertClose(HostCopy.Doubles(oracle.Deltas()), HostCopy.Doubles(watch.Gradients()), 1e-12, 1e-14);
        var states = oracle.Output.flatten(1, 2);
        var running = watch.Running() ?? ones_like(states, ScalarType.Bool);
        Arrays.AssertClose(
            HostCopy.Doubles(where(running, states, zeros_like(states))), HostCopy.Doubles(where(running, watch.Preactivations().tanh(), zeros_like(states))), 1e-12);
        Assert.Equal(ends, HostCopy.Doubles(running).Contains(0));
    }
}
