using GradTorch.Analysis;
using GradTorch.Analysis.Comparisons;
using GradTorch.Cli.Output;
using GradTorch.Cli.Progress;
using GradTorch.Cli.Terminals;
using GradTorch.Runs;
using GradTorch.Studies;

namespace GradTorch.Cli;

/// <summary>Trains the runs of a study one after another, and reports them.</summary>
/// <param name="begun">Runs that are there already, by variant, the empty name for a run without: they are gone on with, or taken as they are.</param>
/// <param name="record">Names the record of the study, just before its first run begins; null for a single run.</param>
/// <param name="target">What each should reach; null for nothing.</param>
internal sealed class StudyTraining(
    StudyPlan study, IReadOnlyDictionary<string, StoppedRun> begun, Func<string>? record, ComparedTarget? target, Invocation invocation)
{
    private readonly Lazy<string>? _record = record is null ? null : new(record);

    public ExitCode Run()
    {
        SourceRevision.LookAhead();
        invocation.Interruption.Listen();
        using var signal = new CheckpointSignal();
        PlannedRun[] left = [.. study.Runs.Where(run => Begun(run) is not { IsComplete: true })];
        if (left.Length > 0)
        {
            var rest = study with { Runs = left };
            rest.RequireDevices();
            rest.RequireData(invocation.Screen.Line);
        }
        var trained = new List<TrainedRun>();
        try
        {
            foreach (var run in study.Runs)
            {
                if (Train(run, signal.Request) is { } next) trained.Add(next);
                if (invocation.Interruption.IsRequested) break;
            }
        }
        catch when (trained.Count > 0)
        {
            // What went wrong is told by the caller; what is done is not lost.
            StudyView.Show(study, trained, target, invocation.Screen);
            throw;
        }
        return Report(trained);
    }

    private StoppedRun? Begun(PlannedRun run) => begun.GetValueOrDefault(run.Variant?.Name ?? "");

    /// <returns>Null if the user wanted to stop before its first step; then nothing was written.</returns>
    private TrainedRun? Train(PlannedRun run, CheckpointRequest request)
    {
        if (Begun(run) is { IsComplete: true } complete) return Complete(run, complete);
        using var prepared = PreparedExperiment.Of(run.Experiment, invocation.Screen.Line);
        if (invocation.Interruption.IsRequested) return null;
        var prediction = run.Plan.Records > 0 ? GradientPrediction.Of(prepared) : null;
        using var display = RunDisplay.On(invocation.Screen);
        var token = invocation.Interruption.Token;
        var outcome = Begun(run) is { } stopped
            ? Resume(prepared, stopped, run.Variant, display, request)
            : ExperimentRunner.Run(prepared, display, token, run.Variant, _record?.Value, request);
        return new TrainedRun(run, outcome, outcome.Summary, prediction);
    }

    private RunOutcome Resume(
        PreparedExperiment prepared, StoppedRun stopped, VariantPlace? variant, RunDisplay display, CheckpointRequest request)
    {
        foreach (var difference in stopped.DifferencesNow(prepared))
            invocation.Terminal.Error.Warning($"{difference}: numbers from here on may differ in their last digits from those of a run that never stopped");
        if (stopped.Checkpoint is null) invocation.Screen.Line("there is no checkpoint yet: the run starts anew");
        return ExperimentRunner.Resume(prepared, stopped, display, invocation.Interruption.Token, variant, request);
    }

    /// <summary>A run that was at its end before.</summary>
    private static TrainedRun Complete(PlannedRun run, StoppedRun complete)
    {
        var (manifest, summary) = (complete.Manifest, RunSummary.Read(complete.Directory));
        var outcome = new RunOutcome(
            complete.Directory, manifest.Exit, manifest.Steps ?? 0, manifest.ElapsedAt(manifest.End ?? manifest.Start), [], null, summary);
        return new TrainedRun(run, outcome, summary, null);
    }

    private ExitCode Report(List<TrainedRun> trained)
    {
        var complete = trained.Count == study.Runs.Count && trained[^1].Outcome.Exit != RunExit.Interrupted;
        var exit = complete ? ExitCode.Done : invocation.Interruption.Exit;
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
        if (!complete && _record is not null) invocation.Screen.Line($"to go on: gradtorch resume {StudyFolder(trained[0])}");
        return exit;
    }

    /// <summary>The folder of the experiment, above those of its variants.</summary>
    private static string StudyFolder(TrainedRun run) => Path.GetFullPath(Path.Combine(run.Outcome.Directory.Path, "..", ".."));
}
