using GradTorch.Runs;
using GradTorch.Studies;

namespace GradTorch.Cli.Verbs;

/// <summary>Goes on with a run, or a study, that stopped, in its own folders.</summary>
internal sealed class ResumeVerb : Verb
{
    public override string Name => "resume";

    public override string Purpose => "goes on with a run or a study that stopped, or makes it longer";

    public override string Usage => "DIR";

    public override int MostWords => 1;

    public override bool TakesKeys => true;

    public override string Details => """
        DIR is a run directory: the run goes on from its newest checkpoint, however it stopped, and its weights and its record
        become, bit for bit, those of a run that never stopped. What was recorded after the checkpoint is recorded again in its
        place; a run without a checkpoint starts anew. Where libtorch, device or threads are others than they were, that is said.
        Or it is the folder of an experiment with variants, such as runs/NAME: what is finished of its newest study stays, the run
        that stopped goes on, and those that are missing are trained. A run that is finished is made longer by
        --training:epochs or --training:steps; no other key may change, and manifest.json keeps what was before.
        Ctrl-C, SIGTERM and SIGHUP write a checkpoint before they end a run, SIGUSR2 writes one and the run goes on; when
        else they are written says checkpoint in the configuration.
        """;

    public override IReadOnlyList<(string Command, string Meaning)> Examples =>
    [
        ("resume runs/smoke/001", "goes on with a run that stopped"),
        ("resume runs/backward-of-relu", "does what is left of a study"),
        ("resume runs/smoke/001 --training:epochs 10", "makes a run longer"),
    ];

    public override ExitCode Run(Invocation invocation)
    {
        var folder = invocation.RequiredWord(this, "DIR, a run directory or the folder of a study");
        if (!Directory.Exists(folder)) throw new BadArgumentsException($"{folder} is not a folder; give a run directory, or the folder of a study");
        var announce = invocation.Terminal.Error.Warning;
        if (!RunDirectory.IsOne(folder) && StudyRecord.Newest(folder) is { } record)
        {
            var (plan, begun) = StudyContinuation.Of(record, folder, invocation.Keys, announce);
            return new StudyTraining(plan, begun, () => record.Name!, null, invocation).Run();
        }
        var run = StoppedRun.Open(Only(folder), invocation.Keys, announce);
        var variant = run.Manifest.Variant is { } name ? new VariantPlace(name, 1, 1) : null;
        var study = new StudyPlan(run.Experiment.Name, [new PlannedRun(variant, run.Experiment, ExperimentPlan.Of(run.Experiment))], []);
        if (run.IsComplete) invocation.Screen.Line($"{run.Directory.Path} is finished; --training:epochs or --training:steps makes it longer");
        return new StudyTraining(study, new Dictionary<string, StoppedRun> { [variant?.Name ?? ""] = run }, null, null, invocation).Run();
    }

    /// <summary>That run, or the newest below a folder with runs of one experiment.</summary>
    private static RunDirectory Only(string folder)
    {
        var newest = RunDirectory.Newest(folder);
        return newest is [var only] ? only : throw new BadArgumentsException(
            $"{folder} has runs of several experiments below it; give one of them: {string.Join(", ", newest.Select(run => Path.GetRelativePath(".", run.Path)))}");
    }
}
