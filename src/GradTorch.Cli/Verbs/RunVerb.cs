using GradTorch.Analysis.Comparisons;
using GradTorch.Cli.Compare;
using GradTorch.Cli.Output;
using GradTorch.Cli.Progress;
using GradTorch.Runs;
using GradTorch.Studies;

namespace GradTorch.Cli.Verbs;

/// <summary>The main job: trains an experiment into a run directory, or the variants of a study into one each.</summary>
internal sealed class RunVerb : ExperimentVerb
{
    public override string Name => "run";

    public override string Purpose => "trains an experiment and records the gradients of every layer";

    public override IReadOnlyList<VerbOption> Options => [.. base.Options, ComparisonOptions.TargetOption];

    public override string Details => """
        Trains all members of the experiment at once and writes a new run directory below its output folder: run.db with
        every record, config.json, manifest.json and log.txt. Keys of the experiment can be given as options, as in
        --model:depth 20; they win over the file. Ctrl-C stops within a step and saves what there is (exit 130); a second
        Ctrl-C ends the program at once. A member that diverges is reported with step, layer and, in a recurrent layer,
        timestep, while the others go on.
        An experiment with variants (study:variants) is trained once with each, one after another, and then compared; what
        options say holds for all of them. A grid (study:grid) makes variants of lists of values, every value of each list
        with every one of the others. --variant NAME trains one. --target says what each should reach: how many steps and
        seconds that took is compared, too.
        """;

    public override IReadOnlyList<(string Command, string Meaning)> Examples =>
    [
        ("run configs/fashion-mnist-tanh-50.json", "trains 50 layers and shows their gradients"),
        ("run configs/smoke.json --model:activation:forward sigmoid --seeds:count 8", "another activation, 8 members"),
        ("run configs/smoke.json --members:vary:training:optimizer:lr 0.1,0.03,0.01", "members of three learning rates"),
        ("run configs/backward-of-relu.json", "the variants of a study, side by side"),
        ("run configs/backward-of-relu.json --target accuracy=0.6", "and how soon each of them gets there"),
        ("run configs/smoke.json --study:grid:model:depth 2,5,10", "a grid: a variant for each depth"),
        ("run configs/smoke.json --training:optimizer:lr=0.1 --name fast --output /data/runs", "another learning rate, name and folder"),
        ("run configs/smoke.json --json > result.json", "the outcome for machines"),
    ];

    protected override ExitCode Run(StudyPlan study, Invocation invocation)
    {
        var target = ComparisonOptions.Target(invocation.Options);
        if (target is not null && study.Runs is [_])
            throw new BadArgumentsException("--target is for the comparison of several variants, and there is one run; leave it out, or see: compare DIR --target …");
        SourceRevision.LookAhead();
        invocation.Interruption.Listen();
        study.RequireDevices();
        study.RequireData(invocation.Screen.Line);
        var trained = new List<TrainedRun>();
        try
        {
            foreach (var run in study.Runs)
            {
                if (Train(run, invocation) is { } next) trained.Add(next);
                if (invocation.Interruption.IsRequested) break;
            }
        }
        catch when (trained.Count > 0)
        {
            // What went wrong is told by the caller; what is done is not lost.
            StudyView.Show(study, trained, target, invocation.Screen);
            throw;
        }
        return Report(study, trained, target, invocation);
    }

    /// <returns>Null if the user wanted to stop before its first step; then nothing was written.</returns>
    private static TrainedRun? Train(PlannedRun run, Invocation invocation)
    {
        using var prepared = PreparedExperiment.Of(run.Experiment, invocation.Screen.Line);
        if (invocation.Interruption.IsRequested) return null;
        var prediction = run.Plan.Records > 0 ? GradientPrediction.Of(prepared) : null;
        using var display = RunDisplay.On(invocation.Screen);
        var outcome = ExperimentRunner.Run(prepared, display, invocation.Interruption.Token, run.Variant);
        return new TrainedRun(run, outcome, outcome.Summary, prediction);
    }

    private static ExitCode Report(StudyPlan study, List<TrainedRun> trained, ComparedTarget? target, Invocation invocation)
    {
        var complete = trained.Count == study.Runs.Count && trained[^1].Outcome.Exit != RunExit.Interrupted;
        var exit = complete ? ExitCode.Done : ExitCode.Interrupted;
        if (trained.Count == 0)
        {
            invocation.Terminal.Error.Line("interrupted before the first step; nothing was written");
            return exit;
        }
        if (study.Runs is [_])
        {
            if (invocation.Json) invocation.Terminal.Output.Json(RunDocument.Of(trained[0]));
            else RunView.Show(trained[0], invocation.Screen);
        }
        else
        {
            if (invocation.Json) invocation.Terminal.Output.Json(StudyDocument.Of(study, trained, target));
            else StudyView.Show(study, trained, target, invocation.Screen);
        }
        return exit;
    }
}
