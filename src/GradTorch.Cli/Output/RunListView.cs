using System.Globalization;
using GradTorch.Analysis.Listings;
using GradTorch.Cli.Terminals;
using GradTorch.Runs;

namespace GradTorch.Cli.Output;

/// <summary>Listed runs as people read them, one line each.</summary>
internal static class RunListView
{
    /// <summary>Runs that are told of in a sentence; the lines have the state of all.</summary>
    private const int MostNamed = 20;

    private static readonly string Here = Directory.GetCurrentDirectory();

    private static readonly Column[] Columns =
    [
        new("name", false, run => run.Manifest.Name),
        new("variant", false, run => run.Manifest.Variant),
        new("state", false, run => run.Status.Name()),
        new("steps", true, Steps),
        new("members", true, run => NumberText.Count(run.Result.Members)),
        new("diverged", true, run => NumberText.Count(run.Result.Diverged)),
        new("test loss", true, run => run.Result.TestLoss is { } loss ? NumberText.General(loss) : null),
        new("accuracy", true, run => run.Result.TestAccuracy is { } accuracy ? NumberText.Percent(accuracy) : null),
        new("verdict", false, Verdict),
        new("device", false, run => run.Manifest.Device),
        new("started", false, run => run.Manifest.Start.LocalDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)),
        new("time", true, run => run.Elapsed is { } elapsed ? NumberText.Duration(elapsed) : null),
        new("directory", false, run => Place(run)),
    ];

    /// <param name="differing">Keys; null where they are not asked for.</param>
    public static void Show(IReadOnlyList<ListedRun> runs, IReadOnlyList<string>? differing, Screen screen)
    {
        List<Column> columns =
        [
            .. Columns.Where(column => runs.Any(run => column.Cell(run) is not null)),
            .. (differing ?? []).Select(key => new Column(key, IsNumber: false, run => run.Config[key])),
        ];
        var table = new LineTable(
            [.. columns.Select(column => (column.Header, column.IsNumber))],
            [.. runs.Select(run => columns.Select(column => column.Cell(run) ?? "–").ToArray())]);
        foreach (var line in table.Lines()) screen.Line(line);
        screen.Line();
        foreach (var line in Notes(runs)) screen.Line(line);
        if (differing is []) screen.Line("their configurations are the same");
        screen.Line(Count(runs));
    }

    /// <summary>3 runs: 2 finished, 1 died.</summary>
    public static string Count(IReadOnlyList<ListedRun> runs) =>
        $"{NumberText.Plural(runs.Count, "run")}: {string.Join(", ", runs.CountBy(run => run.Status).OrderBy(status => status.Key).Select(status => $"{NumberText.Count(status.Value)} {status.Key.Name()}"))}";

    private static string Place(ListedRun run) => Path.GetRelativePath(Here, run.Directory.Path);

    private static string? Steps(ListedRun run) => (run.Steps, run.Manifest.PlannedSteps) switch
    {
        (null, null) => null,
        ({ } steps, null) => NumberText.Count(steps),
        (null, { } planned) => $"0 of {NumberText.Count(planned)}",
        ({ } steps, { } planned) when steps == planned => NumberText.Count(steps),
        ({ } steps, { } planned) => $"{NumberText.Count(steps)} of {NumberText.Count(planned)}",
    };

    /// <summary>vanishing, or vanishing 3, healthy 1 where members differ.</summary>
    private static string? Verdict(ListedRun run) => run.Result.Verdicts.OrderByDescending(verdict => verdict.Value).ToList() switch
    {
        [] => null,
        [var only] => only.Key,
        var several => string.Join(", ", several.Select(verdict => $"{verdict.Key} {NumberText.Count(verdict.Value)}")),
    };

    private static IEnumerable<string> Notes(IReadOnlyList<ListedRun> runs)
    {
        ListedRun[] told = [.. runs.Where(run => run.Status is RunStatus.Died or RunStatus.Failed or RunStatus.Unknown)];
        foreach (var run in told.Take(MostNamed))
            yield return $"{Place(run)} {RunStatusText.Sentence(run.Status, Place(run), run.Steps, run.Manifest.Error)}";
        if (told.Length > MostNamed) yield return $"and {NumberText.Plural(told.Length - MostNamed, "more run")} that died or failed (--where state=died)";
    }

    /// <param name="Cell">Null where a run has nothing of it; a column of which no run has anything is left out.</param>
    private sealed record Column(string Header, bool IsNumber, Func<ListedRun, string?> Cell);
}
