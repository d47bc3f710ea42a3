using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Runs;
using GradTorch.Studies;

namespace GradTorch.Tests.Studies;

/// <summary>The step at which a member became non-finite, kept and gone through again.</summary>
public sealed class BlackBoxTests(SmallImages images) : IClassFixture<SmallImages>
{
    /// <summary>A weight that is NaN in a known layer: that layer's product is the first that is not finite, and what is before it is.</summary>
    [Theory]
    [InlineData("mlp", "hidden2.linear", null)]
    [InlineData("residual", "hidden2.linear", null)]
    [InlineData("elman", "recurrent2", 1)]
    [InlineData("gru", "recurrent2", 1)]
    public void The_operation_is_found(string kind, string layer, int? timestep)
    {
        using var output = new TemporaryFolder();
        var run = Run(Of(kind, output.Path), prepared =>
        {
            using var off = TorchSharp.torch.no_grad();
            var index = Array.IndexOf([.. prepared.Model.LayerNames], layer.Split('.')[0]);
            prepared.Model.Parameters.Values[1, prepared.Model.LayerRanges()[index].Start].fill_(double.NaN);
        });
        Assert.Equal([1], BlackBox.Members(run));
        using var process = new StudyRun.ProcessSettings();
        var trace = BlackBox.Replay(run, 1);
        Assert.Equal((1, 0), (trace.Member, trace.Step));
        var origin = trace.Origin!;
        Assert.Equal((TracePass.Forward, layer, timestep), (origin.Pass, origin.Layer, origin.Timestep));
        Assert.True(trace.LargestBefore!.Largest > 0);
        Assert.Equal(trace.Points.TakeWhile(point => point != origin).Max(point => point.Largest), trace.LargestBefore.Largest);
    }

    /// <summary>Members that train on until their numbers overflow: each has a file, of its own part alone, and the replay sees what the run saw.</summary>
    [Theory]
    [InlineData("mlp", 0.0)]
    [InlineData("mlp", 0.3)]
    [InlineData("elman", 0.0)]
    [InlineData("lstm", 0.3)]
    public void Each_member_has_its_own(string kind, double dropout)
    {
        using var output = new TemporaryFolder();
        var experiment = Of(kind, output.Path);
        experiment = experiment with
        {
            Model = experiment.Model with { Dropout = dropout, Activation = kind == "lstm" ? new() : new ActivationSection { Forward = "relu" } },
            Members = new MembersSection { Vary = new MemberVariation([new VariedKey("training:optimizer:lr", [0.01, 1e12, 1e45])]) },
        };
        var run = Run(experiment);
        var diverged = RunDatabaseReader.Read(run.DatabaseFile, database => database.Members().Where(member => member.DivergedStep is not null).ToList());
        Assert.NotEmpty(diverged);
        Assert.Equal(diverged.Select(member => member.Member), BlackBox.Members(run));
        using var process = new StudyRun.ProcessSettings();
        foreach (var member in diverged)
        {
            var trace = BlackBox.Replay(run, member.Member);
            Assert.Equal((member.DivergedStep, member.DivergedLayer, member.DivergedTimestep), (trace.Step, trace.Layer, trace.Timestep));
            Assert.NotNull(trace.Origin);
        }
        long[] sizes = [.. Directory.GetFiles(run.Path, "divergence-*").Select(file => new FileInfo(file).Length)];
        Assert.True(sizes.Max() < sizes.Min() * 1.1);
    }

    private Experiment Of(string kind, string output)
    {
        var experiment = kind is "mlp" or "residual" ? StudyRun.Small(images, output) : StudyRun.Rows(images, output, kind);
        return experiment with { Model = experiment.Model with { Kind = kind } };
    }

    private static RunDirectory Run(Experiment experiment, Action<PreparedExperiment>? before = null) =>
        StudyRun.Of(experiment, before: before).Directory;
}
