using GradTorch.Runs;

namespace GradTorch.Analysis.Verification;

/// <summary>Compares the records of two runs, bit by bit.</summary>
public static class RecordComparison
{
    /// <summary>What a member has otherwise that is looked at before its end.</summary>
    private static readonly string[] Fate = ["status", "diverged_step", "diverged_layer", "diverged_timestep"];

    /// <param name="steps">Only what was recorded of the first updates, and evaluated up to there; null for everything.</param>
    /// <exception cref="RunException">A database can't be read.</exception>
    public static Differences Of(RunDirectory first, RunDirectory second, long? steps = null)
    {
        var differences = new Differences();
        RunDatabaseReader.Read(first.DatabaseFile, ours => RunDatabaseReader.Read(second.DatabaseFile, theirs =>
        {
            foreach (var table in RunTable.All) Compare(table, ours, theirs, steps, differences);
            return differences;
        }));
        return differences;
    }

    private static void Compare(RunTable table, RunDatabaseReader first, RunDatabaseReader second, long? steps, Differences differences)
    {
        // Evaluations are counted by updates done, all else by the update to come.
        var below = table == RunTable.Evaluation ? steps + 1 : steps;
        using var ours = first.Tables.Rows(table, below).GetEnumerator();
        using var theirs = second.Tables.Rows(table, below).GetEnumerator();
        var (one, other) = (Next(ours), Next(theirs));
        while (one is not null || other is not null)
        {
            var order = one is null ? 1 : other is null ? -1 : Order(one, other, table.Keys);
            if (order == 0) CompareRow(table, one!, other!, steps is null, differences);
            else differences.Add(PlaceOf(table, (order < 0 ? one : other)!, "the row"), order < 0 ? "recorded" : null, order > 0 ? "recorded" : null);
            if (order <= 0) one = Next(ours);
            if (order >= 0) other = Next(theirs);
        }
    }

    private static object?[]? Next(IEnumerator<object?[]> rows) => rows.MoveNext() ? rows.Current : null;

    private static void CompareRow(RunTable table, object?[] one, object?[] other, bool whole, Differences differences)
    {
        for (var column = table.Keys; column < one.Length; column++)
        {
            if (!whole && table == RunTable.Member && Fate.Contains(table.Columns[column])) continue;
            differences.Compared++;
            if (!Same(one[column], other[column]))
                differences.Add(PlaceOf(table, one, table.Columns[column]), one[column], other[column]);
        }
    }

    private static bool Same(object? one, object? other) => (one, other) switch
    {
        (double x, double y) => BitConverter.DoubleToInt64Bits(x) == BitConverter.DoubleToInt64Bits(y),
        _ => Equals(one, other),
    };

    private static int Order(object?[] one, object?[] other, int keys)
    {
        for (var key = 0; key < keys; key++)
        {
            var order = one[key] is string text ? string.CompareOrdinal(text, (string)other[key]!) : ((long)one[key]!).CompareTo((long)other[key]!);
            if (order != 0) return order;
        }
        return 0;
    }

    private static RecordPlace PlaceOf(RunTable table, object?[] row, string column)
    {
        var key = table.Key.Zip(row).ToDictionary(own => own.First, own => own.Second);
        string[] texts = [.. key.Values.OfType<string>()];
        return new RecordPlace(
            table.Name, Number("step"), Number("member"), Number("layer"), Number("timestep"),
            column == "value" ? string.Join(' ', texts) : string.Join(' ', [.. texts, column]));

        long? Number(string name) => key.GetValueOrDefault(name) as long?;
    }
}
