using GradTorch.Analysis.Listings;

namespace GradTorch.Cli.Output;

/// <summary>Listed runs as JSON.</summary>
/// <param name="Runs">The columns of <see cref="ListingRow"/>, and where they are asked for <c>differences</c>: each key in which the
/// listed runs differ, with its value as text, null where the run has no use for it.</param>
internal sealed record RunListDocument(IReadOnlyList<OrderedDictionary<string, object?>> Runs)
{
    /// <param name="differing">Keys; null where they are not asked for.</param>
    public static RunListDocument Of(IReadOnlyList<ListedRun> runs, IReadOnlyList<string>? differing) => new([.. runs.Select(run => Row(run, differing))]);

    private static OrderedDictionary<string, object?> Row(ListedRun run, IReadOnlyList<string>? differing)
    {
        var row = ListingRow.Columns.Of(run);
        if (differing is not null) row.Add("differences", differing.ToDictionary(key => key, key => run.Config[key]));
        return row;
    }
}
