using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Gradients.Measurements;
using GradTorch.Tests.Oracles;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Gradients.Measurements;

public sealed class DeadUnitsTests : IDisposable
{
    private const int Width = 7;

    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    /// <summary>Biases go up and down, so that units die, come back and stay away; slopes are worked out from z by hand.</summary>
    [Theory]
    [InlineData("relu", "exact")]
    [InlineData("tanh", "triangle")]
    [InlineData("hard-tanh", "exact")]
    public void They_are_those_of_an_oracle_at_every_record(string forward, string backward)
    {
        using var net = new MeasuredNet(new ModelSection { Activation = new ActivationSection { Forward = forward, Backward = backward } }, bias: -1);
        using var measurements = new StepMeasurements(net.Model, ["dead-units"]);
        var oracles = Enumerable.Range(0, MeasuredNet.Members).Select(_ => Enumerable.Range(0, 3).Select(_ => new DeadUnitsOracle(Width)).ToArray()).ToArray();
        var (seen, dead) = (new List<double>(), new List<double>());
        for (var record = 0; record < 12; record++)
        {
            using (no_grad()) net.Model.Layers[record % 3].Linear.Bias.add_(Arrays.Normal(record, MeasuredNet.Members * Width).ToTensor(float64, MeasuredNet.Members, 1, Width) * 2);
            net.Step();
            measurements.Measure(net.Loss);
            var measured = MeasuredNet.Read(measurements);
            var a = net.Inputs;
            for (var layer = 0; layer < 3; layer++)
            {
                var linear = net.Model.Layers[layer].Linear;
                var z = new AffineOracle(MeasuredNet.Members, MeasuredNet.Batch, (int)linear.Inputs, Width).Forward(
                    HostCopy.Doubles(a), HostCopy.Doubles(linear.Weight), HostCopy.Doubles(linear.Bias));
                for (var member = 0; member < MeasuredNet.Members; member++)
                {
                    var oracle = oracles[member][layer];
                    oracle.Record([.. z.AsSpan(member * MeasuredNet.Batch * Width, MeasuredNet.Batch * Width).ToArray().Select(x => Slope(forward, backward, x))]);
                    Assert.Equal(oracle.Dead, measured[(member, layer + 1, DeadUnits.Dead)], 1e-12);
                    Assert.Equal(oracle.DeadRecords, measured[(member, layer + 1, DeadUnits.DeadRecords)], 1e-12);
                    Assert.Equal(oracle.DeadAlways, measured[(member, layer + 1, DeadUnits.DeadAlways)], 1e-12);
                    seen.Add(oracle.DeadRecords);
                    dead.Add(oracle.Dead);
                }
                a = z.Select(x => Value(forward, x)).ToArray().ToTensor(float64, MeasuredNet.Members, MeasuredNet.Batch, Width);
            }
        }
        // The case has units of every sort.
        Assert.Contains(dead, fraction => fraction is > 0 and < 1);
        Assert.Contains(seen, records => records > 2);
    }

    /// <summary>Where it has ended, a sequence says nothing of a unit: only what of the slope is left counts.</summary>
    [Fact]
    public void In_time_a_unit_is_dead_where_its_slope_is_0_at_every_timestep_that_counts()
    {
        using var net = new MeasuredNet(new ModelSection { Kind = "elman", Activation = new ActivationSection { Forward = "relu" } }, ends: true);
        var layer = net.Model.RecurrentLayers[0];
        using (no_grad())
        {
            layer.InputWeight.zero_();
            layer.RecurrentWeight.zero_();
            layer.Bias.fill_(1);
            layer.Bias[1, 0, 3].fill_(-1);
            // Alive at the second timestep and later only, when unit 0 of the first is on.
            layer.Bias[2, 0, 5].fill_(-0.5);
            layer.RecurrentWeight[2, 0, 5].fill_(1);
        }
        net.Step();
        using var measurements = new StepMeasurements(net.Model, ["dead-units"]);
        measurements.Measure(net.Loss);
        var measured = MeasuredNet.Read(measurements);
        Assert.Equal([0, 1.0 / 7, 0], Enumerable.Range(0, 3).Select(member => measured[(member, 1, DeadUnits.Dead)]));
        Assert.Equal([0, 1.0, 0], Enumerable.Range(0, 3).Select(member => measured[(member, 1, DeadUnits.DeadRecords)]));
    }

    private static double Value(string forward, double z) => forward switch
    {
        "relu" => Math.Max(z, 0),
        "hard-tanh" => Math.Clamp(z, -1, 1),
        _ => Math.Tanh(z),
    };

    private static double Slope(string forward, string backward, double z) => backward == "triangle" ? Math.Max(0, 1 - Math.Abs(z))
        : forward == "relu" ? (z > 0 ? 1 : 0) : Math.Abs(z) < 1 ? 1 : 0;
}
