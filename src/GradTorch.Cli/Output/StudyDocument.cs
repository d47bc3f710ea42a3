using System.Text.Json.Nodes;
using GradTorch.Analysis.Comparisons;
using GradTorch.Runs;
using GradTorch.Studies;

namespace GradTorch.Cli.Output;

/// <summary>The outcome of a study as JSON.</summary>
/// <param name="Exit">Interrupted where a variant was, or was not begun.</param>
/// <param name="Variants">Those that were trained, in order.</param>
/// <param name="Comparison">Each with each.</param>
/// <param name="NotTrained">Names of those that were not begun.</param>
internal sealed record StudyDocument(
    string Name, RunExit Exit, IReadOnlyList<StudyDocument.Variant> Variants, ComparisonDocument Comparison, IReadOnlyList<string> NotTrained)
{
    public static StudyDocument Of(StudyPlan study, IReadOnlyList<TrainedRun> trained, ComparedTarget? target)
    {
        string[] missing = [.. study.Runs.Select(run => run.Variant!.Name).Except(trained.Select(run => run.Name))];
        var complete = missing.Length == 0 && trained[^1].Outcome.Exit == RunExit.Finished;
        return new StudyDocument(
            study.Name, complete ? RunExit.Finished : RunExit.Interrupted, [.. trained.Select(Variant.Of)], ComparisonDocument.Of(TrainedRun.Compare(trained, target)), missing);
    }

    /// <param name="Name">As the study names it.</param>
    /// <param name="Grid">What it has for each key of the study's grid.</param>
    /// <param name="TestLoss">Of the members that did not diverge, after their last evaluation.</param>
    /// <param name="TestAccuracy">0 to 1, of the same.</param>
    /// <param name="Diverged">Members that did.</param>
    /// <param name="Run">The document of the run alone.</param>
    internal sealed record Variant(
        [property: System.Text.Json.Serialization.JsonPropertyName("variant")] string Name, JsonObject Grid, Spread TestLoss,
        Spread TestAccuracy, int Diverged, RunDocument Run)
    {
        public static Variant Of(TrainedRun run)
        {
            var tests = run.Summary.Tests.ToList();
            return new Variant(
                run.Name, PlanDocument.GridOf(run.Planned), Spread.Of(tests.Select(test => test.Loss)), Spread.Of(tests.Select(test => test.Accuracy).OfType<double>()),
                run.Summary.Diverged, RunDocument.Of(run));
        }
    }
}
