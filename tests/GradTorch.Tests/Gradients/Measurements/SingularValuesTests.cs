using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Gradients.Measurements;
using GradTorch.Models.Recurrent;
using GradTorch.Tests.Oracles;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Gradients.Measurements;

public sealed class SingularValuesTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public static TheoryData<string> Kinds => ["mlp", "residual", "elman", "gru", "lstm"];

    public void Dispose() => scope.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Of_every_layer_it_is_that_of_an_oracle(string kind)
    {
        using var net = new MeasuredNet(new ModelSection { Kind = kind });
        net.Step();
        using var measurements = new StepMeasurements(net.Model, ["singular-values"]);
        measurements.Measure(net.Loss);
        var measured = MeasuredNet.Read(measurements);
        Tensor[] weights = [.. net.Model.RecurrentLayers.Select(layer => layer.RecurrentWeight), .. net.Model.Layers.Select(layer => layer.Linear.Weight)];
        for (var layer = 0; layer < weights.Length; layer++)
        {
            for (var member = 0; member < MeasuredNet.Members; member++)
            {
                var expected = SingularValueOracle.Largest(HostCopy.Doubles(weights[layer][member]), (int)weights[layer].shape[2]);
                Assert.Equal(expected, measured[(member, layer + 1, SingularValues.Value)], 1e-6 * expected);
            }
        }
    }

    /// <summary>Large and small, full and thin, and those that power iteration is slow on: the promised 1e-4, and never above the true value.
    /// </summary>
    [Theory]
    [InlineData("normal", 100, 100)]
    [InlineData("normal", 300, 40)]
    [InlineData("normal", 40, 300)]
    [InlineData("normal", 512, 512)]
    [InlineData("orthogonal", 64, 64)]
    [InlineData("rank 1", 64, 64)]
    [InlineData("two alike", 64, 64)]
    [InlineData("tiny", 30, 30)]
    [InlineData("0", 8, 8)]
    [InlineData("one unit", 5, 1)]
    public void It_agrees_with_the_singular_values_of_torch(string sort, int rows, int columns)
    {
        var matrix = Arrays.Normal(rows, 2 * rows * columns).ToTensor(float64, 2, rows, columns);
        matrix = sort switch
        {
            "orthogonal" => linalg.qr(matrix).Q,
            "rank 1" => matrix.narrow(2, 0, 1) * matrix.narrow(1, 0, 1),
            "two alike" => linalg.qr(matrix).Q * tensor(Enumerable.Range(0, columns).Select(i => i < 2 ? 1 - 1e-6 * i : 0.9).ToArray()),
            "tiny" => matrix * 1e-45,
            "0" => zeros_like(matrix),
            _ => matrix,
        };
        var expected = HostCopy.Doubles(linalg.svdvals(matrix).amax([1]));
        var found = HostCopy.Doubles(LargestSingularValue.Of(
            2, columns, CPU, vector => bmm(matrix.transpose(1, 2), bmm(matrix, vector.unsqueeze(2))).squeeze(2)));
        for (var index = 0; index < 2; index++)
            Assert.InRange(found[index], expected[index] * (1 - 1e-4) - 1e-140, expected[index] * (1 + 1e-7) + 1e-140);
    }

    /// <summary>Jacobians example by example, as matrices; with and without sequences that end early.</summary>
    [Theory]
    [InlineData("tanh", "exact", false)]
    [InlineData("relu", "exact", true)]
    [InlineData("tanh", "triangle", true)]
    public void The_Jacobian_of_a_step_is_that_of_an_oracle(string forward, string backward, bool ends)
    {
        using var net = new MeasuredNet(new ModelSection { Kind = "elman", Activation = new ActivationSection { Forward = forward, Backward = backward } }, ends: ends);
        net.Step();
        using var measurements = new StepMeasurements(net.Model, ["singular-values"]);
        measurements.Measure(net.Loss);
        var measured = MeasuredNet.Read(measurements);
        using var step = new RepeatedStep(net.Model);
        step.Run(Repetition.Same, net.Loss, () =>
        {
            for (var index = 0; index < 3; index++)
            {
                var layer = (ElmanLayer)net.Model.RecurrentLayers[index];
                var slopes = HostCopy.Doubles(layer.Nonlinearity.Slope(step.Watches[index].Preactivations()));
                for (var member = 0; member < MeasuredNet.Members; member++)
                {
                    var weight = HostCopy.Doubles(layer.RecurrentWeight[member]);
                    // Of timesteps 1 to 5 the 1st, 2nd, 3rd and 5th: 5·1/4, 5·2/4, 5·3/4, 5·4/4 rounded down.
                    var means = new[] { 1, 2, 3, 5 }.Select(timestep => Enumerable.Range(0, MeasuredNet.Batch)
                        .Where(example => !ends || LengthOf(member, example) >= timestep)
                        .Select(example => JacobianOf(weight, slopes, (member * MeasuredNet.Timesteps + timestep - 1) * MeasuredNet.Batch + example))
                        .DefaultIfEmpty(0).Average());
                    var expected = means.Max();
                    Assert.Equal(expected, measured[(member, index + 1, SingularValues.Jacobian)], 1e-6 * expected);
                    var bound = measured[(member, index + 1, SingularValues.Bound)];
                    Assert.Equal(layer.Nonlinearity.LargestSlope(member) * measured[(member, index + 1, SingularValues.Value)], bound, 1e-12);
                    Assert.True(expected <= bound * (1 + 1e-6));
                }
            }
        });
    }

    private static long LengthOf(int member, int example) => 1L + (member * MeasuredNet.Batch + example) * 2 % MeasuredNet.Timesteps;

    private static double JacobianOf(double[] weight, double[] slopes, int row)
    {
        var units = (int)Math.Sqrt(weight.Length);
        return SingularValueOracle.Largest([.. weight.Select((w, index) => w * slopes[row * units + index % units])], units);
    }
}
