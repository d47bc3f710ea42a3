using System.Text;

namespace GradTorch.Cli.Output;

/// <summary>A table with every row in one line, however long, in columns that are as wide as they need be: for thousands of rows.</summary>
/// <param name="Columns">Numbers stand at the right of their column.</param>
internal sealed record LineTable(IReadOnlyList<(string Header, bool IsNumber)> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    private const string Between = "  ";

    public IEnumerable<string> Lines()
    {
        int[] widths = [.. Columns.Select((column, index) => Rows.Select(row => row[index].Length).Append(column.Header.Length).Max())];
        yield return Line([.. Columns.Select(column => column.Header)], widths);
        yield return new string('─', widths.Sum() + (widths.Length - 1) * Between.Length);
        foreach (var row in Rows) yield return Line(row, widths);
    }

    private string Line(IReadOnlyList<string> cells, int[] widths)
    {
        var line = new StringBuilder();
        for (var index = 0; index < widths.Length; index++)
        {
            if (index > 0) line.Append(Between);
            line.Append(Columns[index].IsNumber ? cells[index].PadLeft(widths[index]) : cells[index].PadRight(widths[index]));
        }
        return line.ToString().TrimEnd();
    }
}
