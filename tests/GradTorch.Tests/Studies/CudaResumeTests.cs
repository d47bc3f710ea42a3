using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Runs;
using GradTorch.Studies;
using GradTorch.Tests.Training;

namespace GradTorch.Tests.Studies;

/// <summary>On a GPU a run that stops and goes on has the bits of one that never did, too: with steps that are replayed as a whole, and with those
/// that draw random numbers there.</summary>
public sealed class CudaResumeTests(SmallImages images) : IClassFixture<SmallImages>
{
    [TheoryWithCuda]
    [InlineData("mlp", 0.0, "float32")]
    [InlineData("mlp", 0.2, "float32")]
    [InlineData("mlp", 0.0, "bfloat16")]
    [InlineData("residual", 0.0, "float32")]
    [InlineData("elman", 0.0, "float32")]
    [InlineData("gru", 0.2, "float32")]
    public void A_run_that_stops_and_goes_on(string kind, double dropout, string precision)
    {
        using var output = new TemporaryFolder();
        var small = kind is "mlp" or "residual" ? StudyRun.Small(images, output.Path) : StudyRun.Rows(images, output.Path, kind);
        var experiment = small with
        {
            Device = "cuda",
            Precision = Enum.Parse<Precision>(precision, ignoreCase: true),
            Model = small.Model with { Kind = kind, Dropout = dropout },
            Training = small.Training with { Optimizer = new OptimizerSection { Kind = "adam", Lr = 0.003 }, Clip = new ClipSection { Kind = "norm", Threshold = 0.5 } },
        };
        var whole = StudyRun.Of(experiment);
        RunDirectory stopped;
        using (var prepared = PreparedExperiment.Of(experiment))
            stopped = ExperimentRunner.Run(prepared, new StudyListener(), CancellationToken.None, limit: 17).Directory;
        var run = StoppedRun.Open(stopped, []);
        using var rest = PreparedExperiment.Of(run.Experiment);
        var done = new StudyRun(
            ExperimentRunner.Resume(rest, run, new StudyListener(), CancellationToken.None), HostCopy.Doubles(rest.Model.Parameters.Values));
        Assert.Equal(whole.Dump(), done.Dump());
        Assert.Equal(Bits.Of(whole.Weights), Bits.Of(done.Weights));
    }
}
