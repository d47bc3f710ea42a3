using GradTorch.Analysis.Listings;
using GradTorch.Cli.Output;
using GradTorch.Cli.Queries;
using GradTorch.Runs;

namespace GradTorch.Cli.Verbs;

/// <summary>What became of every run, from their run directories. Needs no libtorch.</summary>
internal sealed class RunsVerb : Verb
{
    private const string Differences = "--differences";

    private const string Folder = "runs";

    public override string Name => "runs";

    public override string Purpose => "lists runs: what became of each, its steps, test loss, accuracy and verdict";

    public override string Usage => "[DIR]";

    public override int MostWords => 1;

    public override IReadOnlyList<VerbOption> Options { get; } =
    [
        RowFilter.Option,
        RowOrder.Option,
        new(Differences, null, "also the keys of the configuration in which the listed runs differ, with their values"),
    ];

    public override string Details => $"""
        DIR is a run directory, or a folder with runs below it; the folder {Folder} without it. Every run is one line, the newest first.
        Those that can't be read are named and left out.
        State: running; finished; interrupted by its user; failed, with the message; died, where it came to no end and its
        process is gone or, on another machine, was silent for {RunStatuses.LongestSilence.TotalMinutes:0} minutes; unknown, where it came to no end and its manifest, of
        an earlier version, does not say which process it was. Steps of runs without an end are those that were recorded.
        Loss and accuracy are medians over the members that did not diverge, verdicts those of the last record.
        Columns: {string.Join(", ", ListingRow.Columns.Names)}.
        """;

    public override IReadOnlyList<(string Command, string Meaning)> Examples =>
    [
        ("runs", "what became of every run"),
        ("runs runs/backward-of-relu --sort -accuracy", "those of a study, the best first"),
        ("runs --where state=died --where model:depth=50", "those of 50 layers that died"),
        ("runs --differences", "and in what they differ"),
        ("runs --where state!=finished --json", "for machines"),
    ];

    public override ExitCode Run(Invocation invocation)
    {
        var folder = invocation.Word ?? Folder;
        if (!Directory.Exists(folder)) throw new BadArgumentsException($"{folder} is not a folder; give a run directory, or a folder with runs below it");
        var filters = RowFilter.Of(invocation.Options, ListingRow.Columns);
        var order = RowOrder.Of(invocation.Options, ListingRow.Columns);
        var all = Read(folder, invocation);
        var differences = invocation.Options.Has(Differences);
        var picked = Picked(all, filters, differences || order?.IsOfKey == true, invocation);
        picked = order?.Sorted(picked, ListingRow.Columns) ?? [.. picked.OrderByDescending(run => run.Manifest.Start)];
        var differing = differences ? ConfigDifferences.Of([.. picked.Select(run => run.Config)]) : null;
        if (invocation.Json) invocation.Terminal.Output.Json(RunListDocument.Of(picked, differing));
        else if (picked.Count > 0) RunListView.Show(picked, differing, invocation.Screen);
        else invocation.Screen.Line($"no run is left of {RunListView.Count(all)}");
        return ExitCode.Done;
    }

    /// <summary>Those that can be read; the others are named.</summary>
    private static List<ListedRun> Read(string folder, Invocation invocation)
    {
        var now = DateTimeOffset.UtcNow;
        var read = RunDirectory.All(folder).AsParallel().AsOrdered().Select(directory => Attempt(() => ListedRun.Read(directory, now)));
        return Readable(read, invocation);
    }

    /// <summary>Those that all filters take.</summary>
    /// <param name="configs">Whether their configurations are needed; else they are read only where a filter asks for a key.</param>
    private static List<ListedRun> Picked(List<ListedRun> all, IReadOnlyList<RowFilter> filters, bool configs, Invocation invocation)
    {
        var picked = all.AsParallel().AsOrdered().Select(run => Attempt(() =>
        {
            if (!filters.All(filter => filter.Takes(run, ListingRow.Columns))) return null;
            if (configs) _ = run.Config;
            return run;
        }));
        return Readable(picked, invocation);
    }

    private static (ListedRun? Run, string? Obstacle) Attempt(Func<ListedRun?> read)
    {
        try
        {
            return (read(), null);
        }
        catch (RunException exception)
        {
            return (null, exception.Message);
        }
    }

    private static List<ListedRun> Readable(IEnumerable<(ListedRun? Run, string? Obstacle)> read, Invocation invocation)
    {
        var runs = new List<ListedRun>();
        foreach (var (run, obstacle) in read)
        {
            if (obstacle is not null) invocation.Terminal.Error.Warning($"left out: {obstacle}");
            if (run is not null) runs.Add(run);
        }
        return runs;
    }
}
