using GradTorch.Gradients;
using GradTorch.Quantities;
using GradTorch.Tests.Backends;
using GradTorch.Tests.Oracles;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Models;

/// <summary>Skip connections and normalisation against PyTorch: tests/Fixtures/feedforward.py.</summary>
public sealed class FeedForwardAgainstPyTorchTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public static TheoryData<string> Cases => [.. FeedForwardCase.Names];

    public static TheoryData<string, string> Recorded => BackendNames.With(FeedForwardCase.Names);

    public void Dispose() => scope.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_gradients_and_running_statistics_are_those_of_PyTorch(string name)
    {
        using var network = new FeedForwardCase(name);
        for (var batch = 0; batch < FeedForwardCase.Batches - 1; batch++) network.ForwardAndBackward(batch);
        var outputs = network.ForwardAndBackward(FeedForwardCase.Batches - 1);
        Arrays.AssertClose(network.Expected("outputs"), HostCopy.Doubles(outputs), 1e-10, 1e-12);
        Arrays.AssertClose(network.Expected("gradients"), HostCopy.Doubles(network.Model.Parameters.Gradients), 1e-9, 1e-12);

        if (network.Section.Norm == "batch")
        {
            var (norms, layers) = (network.BatchNorms, Enumerable.Range(0, FeedForwardCase.Members));
            Arrays.AssertClose(
                network.Expected("runningMeans"),
                [.. layers.SelectMany(member => norms.SelectMany(norm => HostCopy.Doubles(norm.RunningMean[member])))], 1e-10, 1e-13);
            Arrays.AssertClose(
                network.Expected("runningVariances"),
                [.. layers.SelectMany(member => norms.SelectMany(norm => HostCopy.Doubles(norm.RunningVariance[member])))], 1e-10);
        }

        network.Model.eval();
        Arrays.AssertClose(
            network.Expected("evaluated"), HostCopy.Doubles(network.Model.call(network.Inputs(0))), 1e-10, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public void The_recorded_gradients_of_every_layer_are_those_of_PyTorch(string backend, string name)
    {
        using var network = new FeedForwardCase(name);
        using var table = new GradientTable(network.Model, BackendNames.Create(backend));
        table.Begin();
        network.ForwardAndBackward(FeedForwardCase.Batches - 1, table);
        table.MeasureGradients();
        double[] Column(LayerQuantity quantity) => HostCopy.Doubles(table.Values.select(2, (long)quantity));
        Arrays.AssertClose(network.Expected("preactivationGradients"), Column(LayerQuantity.PreactivationGradient), 1e-9);
        Arrays.AssertClose(network.Expected("activationGradients"), Column(LayerQuantity.ActivationGradient), 1e-9);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_gradients_are_the_central_differences_of_the_loss(string name)
    {
        using var network = new FeedForwardCase(name);
        var parameters = network.Expected("parameters");
        network.ForwardAndBackward(0);
        var gradients = HostCopy.Doubles(network.Model.Parameters.Gradients);
        Arrays.AssertClose(FiniteDifferences.Gradient(network.LossWith, parameters, 1e-5), gradients, 1e-5, 1e-8);
    }
}
