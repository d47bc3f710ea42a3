using GradTorch.Configuration;
using GradTorch.Data;
using GradTorch.Gradients;
using GradTorch.Models.Recurrent;
using GradTorch.Studies;
using GradTorch.Tests.Oracles;
using static TorchSharp.torch;

namespace GradTorch.Tests.Studies;

/// <summary>‖∂h_T/∂h_t‖ against autograd, row by row, over states that are stepped one by one.</summary>
public sealed class StateJacobianTests(SmallImages images) : IClassFixture<SmallImages>
{
    [Theory]
    [InlineData("tanh", "exact")]
    [InlineData("relu", "exact")]
    [InlineData("tanh", "triangle")]
    public void It_is_that_of_autograd(string forward, string backward)
    {
        using var process = new StudyRun.ProcessSettings();
        var rows = StudyRun.Rows(images, "", "elman");
        using var prepared = PreparedExperiment.Of(rows with
        {
            Precision = Precision.Float64,
            Model = rows.Model with { Width = 6, Activation = new() { Forward = forward, Backward = backward }, RecurrentInit = new() { Kind = "orthogonal", Gain = 0.9 } },
        });
        var before = HostCopy.Doubles(prepared.Model.Parameters.Values);
        var predictions = GradientPrediction.Of(prepared)!;
        Assert.Equal(before, HostCopy.Doubles(prepared.Model.Parameters.Values));

        using var scope = NewDisposeScope();
        var layer = (ElmanLayer)prepared.Model.RecurrentLayers[1];
        // Training has not begun: its first batch is that which was looked at.
        var batch = prepared.Data.Train.Gather(prepared.Order.Next());
        var inputs_STBH = InputsOf(prepared, batch);
        for (var member = 0; member < 3; member++)
        {
            Assert.Equal([1, 2, 4, 6, 7], predictions[member].Jacobians.Select(one => one.Timestep));
            foreach (var jacobian in predictions[member].Jacobians)
            {
                double[] norms = [.. Enumerable.Range(0, StateJacobian.MostExamples).Select(example => NormOf(layer, inputs_STBH[member], member, example, jacobian.Timestep))];
                Assert.Equal(Math.Log(norms.Average()), jacobian.LnMean, 1e-8);
                Assert.Equal(Math.Log(norms.Max()), jacobian.LnLargest, 1e-8);
                var bound = predictions[member].Bound!;
                Assert.True(jacobian.LnLargest <= (8 - jacobian.Timestep) * Math.Log(bound.Rate) + 1e-9);
            }
        }
    }

    [Fact]
    public void What_would_take_too_long_is_left_out()
    {
        using var process = new StudyRun.ProcessSettings();
        var rows = StudyRun.Rows(images, "", "elman");
        using var prepared = PreparedExperiment.Of(rows with { Seeds = new() { Count = 1 }, Model = rows.Model with { Depth = 1, Width = 1100 }, Data = rows.Data with { Batch = 2 } });
        var prediction = Assert.Single(GradientPrediction.Of(prepared)!);
        Assert.NotNull(prediction.Bound);
        Assert.Empty(prediction.Jacobians);
    }

    /// <summary>States of the first layer, stepped by hand.</summary>
    private static Tensor InputsOf(PreparedExperiment prepared, Batch batch)
    {
        using var off = no_grad();
        var layer = (ElmanLayer)prepared.Model.RecurrentLayers[0];
        var (states, h) = (new List<Tensor>(), zeros([3, batch.Inputs.shape[2], 6], float64));
        for (var t = 0; t < 8; t++)
        {
            h = layer.Nonlinearity.Forward.Forward(bmm(batch.Inputs.select(1, t), layer.InputWeight) + bmm(h, layer.RecurrentWeight) + layer.Bias);
            states.Add(h);
        }
        return stack([.. states], 1);
    }

    private static double NormOf(ElmanLayer layer, Tensor inputs_TBH, int member, int example, int timestep)
    {
        var (u, w, b) = (layer.InputWeight[member].detach(), layer.RecurrentWeight[member].detach(), layer.Bias[member].detach());
        Tensor h = zeros([1, 6], float64), from = h;
        for (var t = 1; t <= 8; t++)
        {
            h = layer.Nonlinearity.Apply(inputs_TBH[t - 1][example].unsqueeze(0).mm(u) + h.mm(w) + b.view(1, -1));
            if (t == timestep) from = h = h.detach().requires_grad_(true);
        }
        var jacobian = new List<double>();
        for (var unit = 0; unit < 6; unit++) jacobian.AddRange(HostCopy.Doubles(autograd.grad([h[0, unit]], [from], retain_graph: true)[0]));
        return SingularValueOracle.Largest([.. jacobian], 6);
    }
}
