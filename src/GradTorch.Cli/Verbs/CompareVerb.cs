using GradTorch.Analysis.Comparisons;
using GradTorch.Cli.Compare;
using GradTorch.Cli.Output;
using GradTorch.Cli.Queries;
using GradTorch.Runs;

namespace GradTorch.Cli.Verbs;

/// <summary>Runs side by side, and each with each, from their run directories. Needs no libtorch.</summary>
internal sealed class CompareVerb : Verb
{
    private static readonly string[] Formats = ["table", "json", "csv", "markdown"];

    public override string Name => "compare";

    public override string Purpose => "compares runs: accuracy, loss, gradients, and which is better by statistics over seeds";

    public override string Usage => "DIR…";

    public override int MostWords => 100_000;

    public override IReadOnlyList<VerbOption> Options { get; } =
    [
        new("--by", "accuracy|loss|steps", "what pairs are compared by; the accuracy, where there is one, without it"),
        ComparisonOptions.TargetOption,
        RowFilter.Option,
        RowOrder.Option,
        new("--rows", "KEY", "a table by two keys of the configuration: this one down …"),
        new("--columns", "KEY", "… and this one across"),
        new("--cell", "COLUMN", "what stands in such a table; the accuracy, or else the loss, without it"),
        new("--format", "table|json|csv|markdown", "as what to print; json is --json"),
    ];

    public override string Details => $"""
        DIR is a run directory, or a folder with runs below it, such as that of a study, of which it takes the newest run of
        each experiment and variant. Members of several varied values are compared as variants, too. Runs that can't be read
        are named and left out.
        Two variants are compared on the seeds that they have in common: by Student's t-test of the paired differences, or,
        where a member diverged or all differences are alike, by Wilcoxon's signed-rank test with its exact p; the level is
        5 %, with Holm's correction for all pairs together. Diverged members count as worse than any other, unfinished ones by
        their last evaluation. Verdicts are those of the last record. Runs that did not finish are named with what became of them.
        Columns: {string.Join(", ", ComparisonRow.Columns.Names)}.
        """;

    public override IReadOnlyList<(string Command, string Meaning)> Examples =>
    [
        ("compare runs/backward-of-relu", "the variants of a study"),
        ("compare runs/smoke/001 runs/smoke/002 --target accuracy=0.8", "two runs, and how soon they got there"),
        ("compare runs/by-depth --rows model:depth --columns model:activation:forward", "a table of a grid"),
        ("compare runs --where verdict=vanishing --sort -accuracy --format csv", "for a spreadsheet"),
    ];

    public override ExitCode Run(Invocation invocation)
    {
        NamedRuns.Require(invocation, this);
        var options = invocation.Options;
        var format = options.Choice("--format", Formats) ?? (invocation.Json ? "json" : "table");
        if (invocation.Json && format != "json") throw new BadArgumentsException($"--json asks for JSON and --format for {format}; give one of them");
        var target = ComparisonOptions.Target(options);
        var measure = ComparisonOptions.Measure(options, target);
        var filters = RowFilter.Of(options, ComparisonRow.Columns);
        var order = RowOrder.Of(options, ComparisonRow.Columns);
        var pivot = ComparisonOptions.Pivot(options);
        var variants = NamedRuns.Read(invocation, target).Where(variant => filters.All(filter => filter.Takes(variant, ComparisonRow.Columns))).ToList();
        if (variants.Count == 0) throw new RunException("No run is left to compare.");
        if (order is not null) variants = order.Sorted(variants, ComparisonRow.Columns);
        var comparison = Comparison.Of(variants, target, measure);
        Print(comparison, format, pivot, invocation);
        return ExitCode.Done;
    }

    private static void Print(Comparison comparison, string format, ComparisonPivot? pivot, Invocation invocation)
    {
        var output = invocation.Terminal.Output;
        switch (format)
        {
            case "json":
                output.Json(ComparisonDocument.Of(comparison));
                break;
            case "csv":
                output.Text(ComparisonCsv.Of(comparison));
                break;
            case "markdown":
                output.Text(pivot is null ? ComparisonView.Markdown(comparison) : pivot.Table(comparison).Markdown());
                break;
            default:
                if (pivot is null) ComparisonView.Show(comparison, invocation.Screen);
                else invocation.Screen.ShowWhole(pivot.Table(comparison).ForScreen());
                break;
        }
    }
}
