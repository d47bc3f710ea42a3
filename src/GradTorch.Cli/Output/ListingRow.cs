using GradTorch.Analysis.Listings;
using GradTorch.Analysis.Verdicts;
using GradTorch.Cli.Queries;
using GradTorch.Runs;

namespace GradTorch.Cli.Output;

/// <summary>A listed run as a row of named values, for machines, for sorting and for filtering.</summary>
internal static class ListingRow
{
    /// <summary>Columns in their order. Loss and accuracy are those of <see cref="RunResult"/>.</summary>
    public static readonly RowColumns<ListedRun> Columns = new(
    [
        ("name", run => run.Manifest.Name),
        ("variant", run => run.Manifest.Variant),
        ("state", run => run.Status.Name()),
        ("steps", run => run.Steps),
        ("planned_steps", run => run.Manifest.PlannedSteps),
        ("members", run => run.Result.Members),
        ("diverged", run => run.Result.Diverged),
        ("loss", run => run.Result.TestLoss),
        ("accuracy", run => run.Result.TestAccuracy),
        ("verdict", run => run.Result.Verdicts.OrderByDescending(verdict => verdict.Value).Select(verdict => verdict.Key).FirstOrDefault()),
        ("vanishing", run => Count(run, GradientFate.Vanishing)),
        ("healthy", run => Count(run, GradientFate.Healthy)),
        ("exploding", run => Count(run, GradientFate.Exploding)),
        ("device", run => run.Manifest.Device),
        ("start", run => NumberText.Time(run.Manifest.Start)),
        ("seconds", run => run.Elapsed?.TotalSeconds),
        ("error", run => run.Manifest.Error),
        ("directory", run => run.Directory.Path),
    ], run => run.Config);

    private static int Count(ListedRun run, GradientFate fate) => run.Result.Verdicts.GetValueOrDefault(fate.Name());
}
