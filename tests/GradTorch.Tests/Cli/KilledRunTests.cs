using System.Globalization;
using GradTorch.Cli;
using GradTorch.Runs;
using GradTorch.Tests.Studies;
using Xunit.Abstractions;

namespace GradTorch.Tests.Cli;

/// <summary>Runs that are killed (SIGKILL) at random instants, whatever they do then, and gone on with, again and again: their record and all that
/// a checkpoint holds have the bits of a run that nobody disturbed. <c>GRADTORCH_KILLS=50</c> kills each of them so often.</summary>
public sealed class KilledRunTests(SmallImages images, ITestOutputHelper output) : IClassFixture<SmallImages>, IDisposable
{
    /// <summary>Of each case.</summary>
    private static readonly int Kills =
        int.TryParse(Environment.GetEnvironmentVariable("GRADTORCH_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var kills) ? kills : 6;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [TheoryWithBinding]
    [InlineData("adam, cosine, clipping, members of three rates", 180, """
        "model": { "depth": 3, "width": 16, "norm": "batch" }, "members": { "vary": { "training:optimizer:lr": [0.01, 0.003, 0.001] } },
        "training": { "steps": STEPS, "evaluateEvery": 40, "optimizer": { "kind": "adam" }, "schedule": { "kind": "cosine", "warmup": 20 }, "clip": { "kind": "norm", "threshold": 0.5 } }
        """)]
    [InlineData("elman", 100, """
        "model": { "kind": "elman", "depth": 2, "width": 12 }, "seeds": { "count": 2 },
        "training": { "steps": STEPS, "evaluateEvery": 40, "optimizer": { "momentum": 0.9, "lr": 0.05 }, "schedule": { "kind": "plateau", "patience": 1 } }
        """)]
    [InlineData("elman with dropout", 100, """
        "model": { "kind": "elman", "depth": 2, "width": 12, "dropout": 0.2 }, "seeds": { "count": 2 },
        "training": { "steps": STEPS, "evaluateEvery": 40, "optimizer": { "kind": "rmsprop", "lr": 0.001 } }
        """)]
    [InlineData("study", 50, """
        "model": { "depth": 3, "width": 16 }, "training": { "steps": STEPS, "evaluateEvery": 40, "optimizer": { "kind": "adam" } },
        "study": { "variants": { "a": {}, "b": { "model": { "dropout": 0.2 } }, "c": { "model": { "kind": "residual", "width": 8 } } } }
        """)]
    public void A_run_that_is_killed_again_and_again_has_the_bits_of_one_that_never_was(string name, int stepsOfKill, string sections)
    {
        var config = folder.File("killed.json");
        // Long enough that it is not done before it was killed so often.
        sections = sections.Replace("STEPS", (stepsOfKill * Kills).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var rows = sections.Contains("elman", StringComparison.Ordinal) ? ", \"form\": \"rows\"" : "";
        File.WriteAllText(config, $$"""
            { "name": "killed", "device": "cpu", "data": { "path": {{System.Text.Json.JsonSerializer.Serialize(images.Made)}}, "batch": 32{{rows}} },
              "gradients": { "every": 1, "flush": 5 }, "checkpoint": { "every": 7 }, {{sections}} }
            """);
        Assert.Equal(ExitCode.Done, Invoked.With("run", config, "--output", folder.File("whole")).Exit);
        var (random, killed) = (new Random(name.GetHashCode(StringComparison.Ordinal)), folder.File("killed"));
        var kills = 0;
        for (; ; kills++)
        {
            var before = Checkpoints(killed);
            using var program = new ProgramProcess(new Dictionary<string, string>(), Command(config, killed));
            if (kills == Kills)
            {
                Assert.True(program.EndedWithin(TimeSpan.FromMinutes(2)), "It does not end.");
                break;
            }
            // While it starts or is gone on with; or somewhere after its next checkpoint.
            var ended = kills % 2 == 0
                ? program.EndedWithin(TimeSpan.FromMilliseconds(random.Next(1500)))
                : program.EndedWithin(TimeSpan.FromMilliseconds(random.Next(100)), () => !Checkpoints(killed).SequenceEqual(before));
            if (ended) break;
        }
        output.WriteLine(FormattableString.Invariant($"{kills} kills"));
        var (whole, resumed) = (RunDirectory.All(folder.File("whole")), Done(killed));
        Assert.Contains(resumed, run => run.ReadManifest().Resumed?.Step > 0);
        Assert.Equal(whole.Select(run => run.ReadManifest().Variant), resumed.Select(run => run.ReadManifest().Variant));
        foreach (var (one, other) in whole.Zip(resumed))
        {
            Assert.Equal(RunExit.Finished, other.ReadManifest().Exit);
            Assert.Equal(StudyRun.DumpOf(one), StudyRun.DumpOf(other));
            var (state, same) = (one.Checkpoints.Newest()!.Value, other.Checkpoints.Newest()!.Value);
            Assert.Equal(state.Step, same.Step);
            Assert.All(state.Checkpoint.Tensors, tensor => Assert.True(tensor.Value.Same(same.Checkpoint.Tensors[tensor.Key]), tensor.Key));
        }
    }

    /// <summary>What a user does next: starts it while there is nothing, else goes on.</summary>
    private static string[] Command(string config, string output)
    {
        var runs = Path.Combine(output, "killed");
        var begun = Directory.Exists(runs) && (StudyRecord.Newest(runs) is not null || Done(output).Count > 0);
        return begun ? ["resume", runs, "--json"] : ["run", config, "--output", output, "--json"];
    }

    private static string[] Checkpoints(string output) =>
        Directory.Exists(output) ? [.. Directory.EnumerateFiles(output, "step-*", SearchOption.AllDirectories).Order()] : [];

    private static IReadOnlyList<RunDirectory> Done(string output) =>
        Directory.EnumerateFiles(output, "manifest.json", SearchOption.AllDirectories).Any(file => !file.Contains(".new-", StringComparison.Ordinal))
            ? RunDirectory.All(output) : [];
}
