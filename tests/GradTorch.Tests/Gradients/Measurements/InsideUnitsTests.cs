using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Gradients.Measurements;
using GradTorch.Tests.Oracles;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Gradients.Measurements;

public sealed class InsideUnitsTests : IDisposable
{
    private const int Width = 7, Layers = 3;

    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    /// <summary>Unit by unit and example by example: those whose slope n sech²(nx) is above n^(1−K).</summary>
    [Theory]
    [InlineData(2.0, "exact")]
    [InlineData(5.0, "triangle")]
    [InlineData(1.0, "exact")]
    [InlineData(0.5, "exact")]
    public void They_are_those_whose_slope_is_large_enough(double n, string backward)
    {
        using var net = new MeasuredNet(new ModelSection { Activation = new ActivationSection { Forward = "tanh", Slope = n, Backward = backward } });
        net.Step();
        using var measurements = new StepMeasurements(net.Model, ["inside"]);
        measurements.Measure(net.Loss);
        var measured = MeasuredNet.Read(measurements);
        Assert.Equal(MeasuredNet.Members * Layers * 3, measured.Count);
        var a = net.Inputs;
        var seen = new List<double>();
        for (var layer = 0; layer < Layers; layer++)
        {
            var linear = net.Model.Layers[layer].Linear;
            var z = new AffineOracle(MeasuredNet.Members, MeasuredNet.Batch, (int)linear.Inputs, Width).Forward(
                HostCopy.Doubles(a), HostCopy.Doubles(linear.Weight), HostCopy.Doubles(linear.Bias));
            for (var member = 0; member < MeasuredNet.Members; member++)
            {
                foreach (var (name, count) in ((string, int)[])[(InsideUnits.One, 1), (InsideUnits.Two, 2), (InsideUnits.Depth, Layers)])
                {
                    var inside = 0;
                    for (var unit = 0; unit < MeasuredNet.Batch * Width; unit++)
                    {
                        var slope = n / Math.Pow(Math.Cosh(n * z[member * MeasuredNet.Batch * Width + unit]), 2);
                        if (slope > Math.Pow(n, 1 - count) && n > 1) inside++;
                    }
                    seen.Add((double)inside / (MeasuredNet.Batch * Width));
                    Assert.Equal(seen[^1], measured[(member, layer + 1, name)], 1e-12);
                }
            }
            a = z.Select(x => Math.Tanh(n * x)).ToArray().ToTensor(float64, MeasuredNet.Members, MeasuredNet.Batch, Width);
        }
        if (n > 1) Assert.Contains(seen, share => share is > 0 and < 1);
        else Assert.All(seen, share => Assert.Equal(0, share));
    }
}
