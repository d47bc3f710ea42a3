using GradTorch.Analysis;
using GradTorch.Cli.Output;
using GradTorch.Cli.Progress;
using GradTorch.Configuration;
using GradTorch.Runs;
using GradTorch.Studies;

namespace GradTorch.Cli.Verbs;

/// <summary>The main job: trains an experiment into a run directory.</summary>
internal sealed class RunVerb : ExperimentVerb
{
    public override string Name => "run";

    public override string Purpose => "trains an experiment and records the gradients of every layer";

    public override string Details => """
        Trains all members of the experiment at once and writes a new run directory below its output folder: run.db with
        every record, config.json, manifest.json and log.txt. Keys of the experiment can be given as options, as in
        --model:depth 20; they win over the file. Ctrl-C stops within a step and saves what there is (exit 130); a second
        Ctrl-C ends the program at once. A member that diverges is reported with step and layer while the others go on.
        """;

    public override IReadOnlyList<(string Command, string Meaning)> Examples =>
    [
        ("run configs/fashion-mnist-tanh-50.json", "trains 50 layers, showing how the gradients fare"),
        ("run configs/smoke.json --model:activation:forward sigmoid --seeds:count 8", "another activation, 8 members"),
        ("run configs/smoke.json --training:optimizer:lr=0.1 --name fast --output /data/runs", "another learning rate, name and folder"),
        ("run configs/smoke.json --json > result.json", "the outcome for machines"),
    ];

    protected override ExitCode Run(Experiment experiment, Invocation invocation)
    {
        var interruption = invocation.Interruption;
        interruption.Listen();
        using var prepared = PreparedExperiment.Of(experiment, invocation.Screen.Line);
        if (interruption.IsRequested)
        {
            invocation.Terminal.Error.Line("interrupted before the first step; nothing was written");
            return ExitCode.Interrupted;
        }
        var outcome = Train(prepared, invocation);
        var summary = RunSummary.Read(outcome.Directory);
        if (invocation.Json) invocation.Terminal.Output.Json(RunDocument.Of(outcome, prepared.Plan.Steps, summary));
        else RunView.Show(outcome, prepared.Plan.Steps, summary, invocation.Screen);
        return outcome.Exit == RunExit.Interrupted ? ExitCode.Interrupted : ExitCode.Done;
    }

    private static RunOutcome Train(PreparedExperiment prepared, Invocation invocation)
    {
        using var display = RunDisplay.On(invocation.Screen);
        return ExperimentRunner.Run(prepared, display, invocation.Interruption.Token);
    }
}
