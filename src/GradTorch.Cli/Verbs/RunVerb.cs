using GradTorch.Cli.Compare;
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
        --model:depth 20; they win over the file. Ctrl-C stops within a step and saves all, for resume to go on (exit 130); a second
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
        return new StudyTraining(
            study, new Dictionary<string, StoppedRun>(), study.Runs is [_] ? null : () => StudyContinuation.Record(study), target, invocation).Run();
    }
}
