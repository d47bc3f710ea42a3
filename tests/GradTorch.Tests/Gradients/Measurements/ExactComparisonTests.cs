using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Gradients.Measurements;
using GradTorch.Tests.Oracles;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Gradients.Measurements;

public sealed class ExactComparisonTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    /// <summary>Beside another network of the same seeds that has no surrogate.</summary>
    [Theory]
    [InlineData("mlp", "relu", "sigmoid-function", 0.0)]
    [InlineData("mlp", "tanh", "triangle", 0.3)]
    [InlineData("mlp", "prelu", "sigmoid-function", 0.0)]
    [InlineData("residual", "relu", "sigmoid-function", 0.0)]
    [InlineData("elman", "tanh", "triangle", 0.0)]
    public void It_is_that_of_two_networks_element_by_element(string kind, string forward, string backward, double dropout)
    {
        ModelSection Section(string slope) => new()
        {
            Kind = kind, Activation = new ActivationSection { Forward = forward, Backward = slope }, Norm = dropout > 0 ? "batch" : "none", Dropout = dropout,
        };
        using var net = new MeasuredNet(Section(backward));
        using var exact = new MeasuredNet(Section("exact"));
        net.Step();
        exact.Step();
        using var measurements = new StepMeasurements(net.Model, ["compare-exact"]);
        measurements.Measure(net.Loss);
        var measured = MeasuredNet.Read(measurements);
        var ranges = net.Model.LayerRanges();
        var (one, other) = (HostCopy.Doubles(net.Model.Parameters.Gradients), HostCopy.Doubles(exact.Model.Parameters.Gradients));
        var all = one.Length / MeasuredNet.Members;
        for (var member = 0; member < MeasuredNet.Members; member++)
        {
            AssertPlace(0, one.AsSpan(member * all, all).ToArray(), other.AsSpan(member * all, all).ToArray());
            for (var layer = 0; layer < ranges.Count; layer++)
            {
                var weights = Weights(net, layer, member);
                AssertPlace(layer + 1, weights, Weights(exact, layer, member));
                // The last layer has no surrogate before it but forward is the same: its own gradient is that of both.
                if (layer == ranges.Count - 1) Assert.Equal(1, measured[(member, layer + 1, ExactComparison.Cosine)], 1e-12);
            }
            Assert.InRange(measured[(member, 1, ExactComparison.Cosine)], -1, 0.9999);

            void AssertPlace(int layer, double[] surrogate, double[] exact)
            {
                var (cosine, ratio) = AngleOracle.Of(surrogate, exact);
                Assert.Equal(cosine, measured[(member, layer, ExactComparison.Cosine)], 1e-10);
                Assert.Equal(ratio, measured[(member, layer, ExactComparison.Ratio)], 1e-10 * ratio);
            }
        }
    }

    /// <summary>A step has no slope of its own, and tiny gradients have an angle all the same.</summary>
    [Fact]
    public void What_is_0_has_no_angle_and_what_is_tiny_has_one()
    {
        using var step = new MeasuredNet(new ModelSection { Activation = new ActivationSection { Forward = "heaviside", Backward = "triangle" } });
        step.Step();
        using (var measurements = new StepMeasurements(step.Model, ["compare-exact"]))
        {
            measurements.Measure(step.Loss);
            var measured = MeasuredNet.Read(measurements);
            Assert.True(double.IsNaN(measured[(0, 1, ExactComparison.Cosine)]));
            Assert.Equal(double.PositiveInfinity, measured[(0, 1, ExactComparison.Ratio)]);
        }
        using var net = new MeasuredNet(new ModelSection { Activation = new ActivationSection { Forward = "relu", Backward = "sigmoid-function" } });
        Dictionary<(int, int, string), double> Scaled(double factor)
        {
            net.Model.Parameters.ZeroGradients();
            (net.Loss() * factor).backward();
            using var measurements = new StepMeasurements(net.Model, ["compare-exact"]);
            measurements.Measure(() => net.Loss() * factor);
            return MeasuredNet.Read(measurements);
        }
        var (expected, tiny) = (Scaled(1), Scaled(1e-200));
        Assert.All(expected, one => Assert.Equal(one.Value, tiny[one.Key], 1e-10 * Math.Abs(one.Value)));
    }

    private static double[] Weights(MeasuredNet net, int layer, int member)
    {
        var gradients = net.Model.Parameters.Gradients;
        GradTorch.Models.ILayerParameters[] layers = [.. net.Model.RecurrentLayers, .. net.Model.Layers.Select(one => one.Linear)];
        return HostCopy.Doubles(layers[layer].WeightIn(gradients)[member]);
    }
}
