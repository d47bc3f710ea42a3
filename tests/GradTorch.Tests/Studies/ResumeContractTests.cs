using GradTorch.Configuration;
using GradTorch.Exports;
using GradTorch.Gradients;
using GradTorch.Initialisation;
using GradTorch.Models;
using GradTorch.Models.Norms;
using GradTorch.Runs;
using GradTorch.Studies;
using GradTorch.Tests.Training;
using GradTorch.Training;

namespace GradTorch.Tests.Studies;

/// <summary>Whatever is registered survives a stop: a run that stops anywhere and goes on has the bits of one that never did.</summary>
public sealed class ResumeContractTests(SmallImages images) : IClassFixture<SmallImages>
{
    private const int Steps = 26;

    public static TheoryData<string, string> Parts
    {
        get
        {
            var all = new TheoryData<string, string>();
            Add("model", ModelRegistry.Names);
            Add("optimizer", OptimizerRegistry.Names);
            Add("schedule", ScheduleRegistry.Names);
            Add("clip", ClipRegistry.Names);
            Add("regulariser", RegulariserRegistry.Names);
            Add("norm", NormRegistry.Names);
            Add("init", InitialiserRegistry.Names);
            Add("precision", Enum.GetNames<Precision>());
            Add("other", ["rmsprop centred", "warmup to plateau", "dropout through time", "truncated", "learnt slopes", "rates by member", "one seed", "no records", "diverging"]);
            return all;

            void Add(string kind, IEnumerable<string> names)
            {
                foreach (var name in names) all.Add(kind, name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public void A_run_that_stops_twice_has_the_bits_of_one_that_never_did(string kind, string name)
    {
        using var output = new TemporaryFolder();
        var experiment = With(kind, name, output.Path);
        var whole = StudyRun.Of(experiment);
        var stopped = Stopped(experiment, 7);
        Resume(stopped, 19);
        var done = Resume(stopped, null);
        Assert.Equal(RunExit.Finished, done.Outcome.Exit);
        Assert.Equal(whole.Dump(), done.Dump());
        Assert.Equal(Bits.Of(whole.Weights), Bits.Of(done.Weights));
        Assert.Equal(whole.Outcome.Divergences, done.Outcome.Divergences);
        Assert.Equal(2, done.Directory.ReadManifest().Earlier.Count);
        AssertSameState(whole.Directory, done.Directory);
    }

    [Fact]
    public void A_run_can_stop_at_any_step()
    {
        using var output = new TemporaryFolder();
        var experiment = With("optimizer", "adam", output.Path) with { Checkpoint = new CheckpointSection { Every = 5, Keep = 3 } };
        var whole = StudyRun.Of(experiment).Dump();
        for (var step = 1; step < Steps; step++)
            Assert.Equal(whole, Resume(Stopped(experiment, step), null).Dump());
    }

    /// <summary>After a kill the database has more than the checkpoint: what the next run of the same steps writes takes its place.</summary>
    [Fact]
    public void What_was_recorded_after_the_checkpoint_is_recorded_again()
    {
        using var output = new TemporaryFolder();
        var experiment = With("optimizer", "adam", output.Path) with { Checkpoint = new CheckpointSection { Every = 5, Keep = 100 } };
        var whole = StudyRun.Of(experiment);
        var killed = StudyRun.Of(experiment).Directory;
        foreach (var step in killed.Checkpoints.Steps.Where(step => step > 10)) File.Delete(killed.Checkpoints.FileOf(step));
        killed.WriteManifest(killed.ReadManifest() with { Exit = RunExit.Failed, End = null });
        var done = Resume(killed, null);
        Assert.Equal(10, done.Outcome.FirstStep);
        Assert.Equal(whole.Dump(), done.Dump());
        Assert.Equal(Bits.Of(whole.Weights), Bits.Of(done.Weights));
    }

    [Fact]
    public void A_damaged_checkpoint_is_told_and_the_one_before_it_is_used()
    {
        using var output = new TemporaryFolder();
        var experiment = With("optimizer", "adam", output.Path) with { Checkpoint = new CheckpointSection { Every = 5 } };
        var whole = StudyRun.Of(experiment).Dump();
        var stopped = Stopped(experiment, 12);
        Assert.Equal([12, 10], stopped.Checkpoints.Steps);
        var bytes = File.ReadAllBytes(stopped.Checkpoints.FileOf(12));
        bytes[bytes.Length / 2] ^= 4;
        File.WriteAllBytes(stopped.Checkpoints.FileOf(12), bytes);
        var said = new List<string>();
        Assert.Equal(10, StoppedRun.Open(stopped, [], said.Add).Checkpoint!.Metadata["step"] is "10" ? 10 : -1);
        Assert.Contains("step-12.safetensors", Assert.Single(said), StringComparison.Ordinal);
        Assert.Equal(whole, Resume(stopped, null).Dump());
    }

    [Fact]
    public void A_longer_training_goes_on_from_its_end_and_the_manifest_keeps_what_was()
    {
        using var output = new TemporaryFolder();
        var experiment = With("optimizer", "adam", output.Path);
        var run = StudyRun.Of(experiment).Directory;
        var longer = Resume(run, null, "--training:steps", "40");
        Assert.Equal((26, 40), (longer.Outcome.FirstStep, longer.Outcome.Steps));
        // A constant rate does not depend on the length: but for the evaluation of the first end it is the run that was so long from the start.
        var whole = StudyRun.Of(experiment with { Training = experiment.Training with { Steps = 40 } });
        Assert.Equal(whole.Dump().Length + 3, longer.Dump().Length);
        Assert.Superset(whole.Dump().ToHashSet(), longer.Dump().ToHashSet());
        Assert.Equal(Bits.Of(whole.Weights), Bits.Of(longer.Weights));
        var manifest = run.ReadManifest();
        var part = Assert.Single(manifest.Earlier);
        Assert.Equal((26, 26, RunStatus.Finished), (part.PlannedSteps, part.Steps, part.State));
        Assert.Equal((40, 26), (manifest.PlannedSteps, manifest.Resumed!.Step));
    }

    [Theory]
    [InlineData("model:depth: a run that is gone on with keeps its experiment", "--model:depth", "7")]
    [InlineData("training: found 20 steps, and the run was to have 26", "--training:steps", "20")]
    public void Nothing_else_can_be_changed(string error, params string[] keys)
    {
        using var output = new TemporaryFolder();
        var run = Stopped(With("optimizer", "adam", output.Path), 9);
        var files = Directory.GetFiles(run.Path, "*", SearchOption.AllDirectories).Select(File.ReadAllBytes).ToArray();
        var exception = Assert.Throws<ConfigurationException>(() => StoppedRun.Open(run, keys));
        Assert.Contains(error, exception.Message, StringComparison.Ordinal);
        Assert.Equal(files, Directory.GetFiles(run.Path, "*", SearchOption.AllDirectories).Select(File.ReadAllBytes));
    }

    [Fact]
    public void Other_data_are_refused_and_other_surroundings_are_told()
    {
        using var process = new StudyRun.ProcessSettings();
        using var output = new TemporaryFolder();
        var run = Stopped(With("optimizer", "adam", output.Path), 9);
        var manifest = run.ReadManifest();
        run.WriteManifest(manifest with { LibtorchVersion = "0.4.1", Threads = 17 });
        using var prepared = PreparedExperiment.Of(StoppedRun.Open(run, []).Experiment);
        Assert.Equal(
            [$"libtorch was 0.4.1 and is {manifest.LibtorchVersion}", "the number of threads was 17 and is 1"], StoppedRun.Open(run, []).DifferencesNow(prepared));
        run.WriteManifest(manifest with { DataChecksum = "00ff" });
        var refused = Assert.Throws<GradTorch.Data.DataException>(
            () => ExperimentRunner.Resume(prepared, StoppedRun.Open(run, []), new StudyListener(), CancellationToken.None));
        Assert.Contains("holds other data than the run was on: their SHA-256 is ", refused.Message, StringComparison.Ordinal);
        Assert.Equal("00ff", run.ReadManifest().DataChecksum);
    }

    [Fact]
    public void The_checkpoint_of_another_experiment_is_refused()
    {
        using var output = new TemporaryFolder();
        var adam = Stopped(With("optimizer", "adam", output.Path), 9);
        var other = Stopped(With("optimizer", "adamw", output.Path), 9);
        File.Copy(other.Checkpoints.FileOf(9), adam.Checkpoints.FileOf(9), overwrite: true);
        Assert.Contains("of another experiment", Assert.Throws<RunException>(() => StoppedRun.Open(adam, [])).Message, StringComparison.Ordinal);
    }

    private static RunDirectory Stopped(Experiment experiment, long limit)
    {
        using var process = new StudyRun.ProcessSettings();
        using var prepared = PreparedExperiment.Of(experiment);
        var outcome = ExperimentRunner.Run(prepared, new StudyListener(), CancellationToken.None, limit: limit);
        Assert.Equal((RunExit.Interrupted, limit), (outcome.Exit, outcome.Steps));
        return outcome.Directory;
    }

    private static StudyRun Resume(RunDirectory directory, long? limit, params string[] keys)
    {
        using var process = new StudyRun.ProcessSettings();
        var run = StoppedRun.Open(directory, keys);
        using var prepared = PreparedExperiment.Of(run.Experiment);
        var outcome = ExperimentRunner.Resume(prepared, run, new StudyListener(), CancellationToken.None, limit: limit);
        return new StudyRun(outcome, HostCopy.Doubles(prepared.Model.Parameters.Values));
    }

    /// <summary>All that the next steps would depend on.</summary>
    private static void AssertSameState(RunDirectory first, RunDirectory second)
    {
        var (one, other) = (first.Checkpoints.Newest()!.Value, second.Checkpoints.Newest()!.Value);
        Assert.Equal(one.Step, other.Step);
        Assert.Equal(one.Checkpoint.Tensors.Keys, other.Checkpoint.Tensors.Keys);
        Assert.All(one.Checkpoint.Tensors, tensor => Assert.True(tensor.Value.Same(other.Checkpoint.Tensors[tensor.Key]), tensor.Key));
    }

    /// <summary>Some initialisers are for square matrices only.</summary>
    private static bool Fits(Experiment experiment)
    {
        try
        {
            return ExperimentPlan.Of(experiment).Steps > 0;
        }
        catch (ConfigurationException)
        {
            return false;
        }
    }

    /// <summary>A small experiment with that part, of which what can be switched on beside it is on.</summary>
    private Experiment With(string kind, string name, string output)
    {
        var small = StudyRun.Small(images, output);
        small = small with
        {
            Model = small.Model with { Dropout = 0.1 },
            Training = small.Training with { Steps = Steps, EvaluateEvery = 4, Optimizer = new OptimizerSection { Kind = "adam", Lr = 0.003 } },
            Gradients = new GradientSection { Every = 2, Flush = 3 },
        };
        var training = small.Training;
        return (kind, name) switch
        {
            ("model", _) => Of(name),
            ("optimizer", "sgd") => small with { Training = training with { Optimizer = new OptimizerSection { Momentum = 0.9, Nesterov = true, WeightDecay = 0.01 } } },
            ("optimizer", _) => small with { Training = training with { Optimizer = training.Optimizer with { Kind = name, WeightDecay = 0.01 } } },
            ("schedule", _) => small with
            {
                Training = training with { Schedule = new ScheduleSection { Kind = name, Every = 9, Factor = 0.5, Patience = 0, Threshold = 0.5 } },
            },
            ("clip", _) => small with { Training = training with { Clip = new ClipSection { Kind = name, Threshold = 0.05 } } },
            ("regulariser", _) => Of("elman") with { Training = training with { Regulariser = new RegulariserSection { Kind = name } } },
            ("norm", _) => small with { Model = small.Model with { Norm = name } },
            ("init", "file") => WithModel(small, model => model with { Init = new InitSection { Kind = name, Path = Weights(small) } }),
            ("init", _) => WithModel(small, model => model with { Init = new InitSection { Kind = name } }) is var drawn && Fits(drawn)
                ? drawn : WithModel(Of("elman"), model => model with { RecurrentInit = new InitSection { Kind = name } }),
            ("precision", _) => small with { Precision = Enum.Parse<Precision>(name) },
            (_, "rmsprop centred") => small with
            {
                Training = training with { Optimizer = new OptimizerSection { Kind = "rmsprop", Lr = 0.001, Momentum = 0.5, Centered = true } },
            },
            (_, "warmup to plateau") => small with
            {
                Training = training with { Schedule = new ScheduleSection { Kind = "plateau", Warmup = 6, Factor = 0.5, Patience = 0, Threshold = 0.5 } },
            },
            (_, "dropout through time") => WithModel(Of("gru"), model => model with { Dropout = 0.2 }),
            (_, "truncated") => WithModel(Of("elman"), model => model with { Truncate = 3 }),
            (_, "learnt slopes") => small with { Model = small.Model with { Activation = new ActivationSection { Forward = "prelu" } } },
            (_, "rates by member") => small with
            {
                Members = new MembersSection { Vary = new MemberVariation([new VariedKey("training:optimizer:lr", [0.01, 0.001])]) },
            },
            (_, "one seed") => small with { Seeds = new SeedSection { First = 5 } },
            (_, "no records") => small with { Gradients = new GradientSection { Every = 0, Flush = 3 } },
            _ => small with
            {
                // Members of the larger rates do not come far.
                Members = new MembersSection { Vary = new MemberVariation([new VariedKey("training:optimizer:lr", [0.01, 1e10, 1e20])]) },
                Model = small.Model with { Activation = new ActivationSection { Forward = "relu" } },
                Training = training with { Optimizer = new OptimizerSection() },
            },
        };

        // Of the members of another run.
        static string Weights(Experiment experiment)
        {
            var run = StudyRun.Of(experiment with { Name = "before" }).Directory;
            using var network = StoredNetwork.Read(run, _ => { });
            WeightExport.Write(network, run.Path, _ => { }, CancellationToken.None);
            return Path.Combine(run.Path, $"weights-{InitSection.Member}.safetensors");
        }

        static Experiment WithModel(Experiment experiment, Func<ModelSection, ModelSection> change) => experiment with { Model = change(experiment.Model) };

        Experiment Of(string model) => ModelRegistry.Find(model).TakesSequences
            ? StudyRun.Rows(images, output, model) with { Training = small.Training, Gradients = small.Gradients }
            : small with { Model = small.Model with { Kind = model } };
    }
}
