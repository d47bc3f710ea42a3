using Spectre.Console;

namespace GradTorch.Cli.Output;

/// <summary>A wide table as several that are not: each has the columns that name a row and some of the others.</summary>
internal static class TableParts
{
    /// <param name="names">Columns, from the first, that name a row; there are more than these.</param>
    /// <param name="width">Of a part, at most; one with a single column beside the names may be wider.</param>
    public static IEnumerable<Table> Of(Table table, int names, Func<Table, int> widthOf, int width)
    {
        for (var (first, end) = (names, names); first < table.Columns.Count; first = end)
        {
            do end++;
            while (end < table.Columns.Count && widthOf(Part(table, names, first, end + 1)) <= width);
            yield return Part(table, names, first, end);
        }
    }

    private static Table Part(Table table, int names, int first, int end)
    {
        int[] columns = [.. Enumerable.Range(0, names), .. Enumerable.Range(first, end - first)];
        var part = new Table { Border = table.Border };
        foreach (var column in columns) part.AddColumn(table.Columns[column]);
        foreach (var row in table.Rows) part.AddRow(columns.Select(column => row[column]));
        return part;
    }
}
