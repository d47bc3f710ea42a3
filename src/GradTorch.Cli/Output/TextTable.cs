using Spectre.Console;

namespace GradTorch.Cli.Output;

/// <summary>A table for more than one medium: a first column of names, then columns of numbers. A cell may have several lines.</summary>
internal sealed record TextTable(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    public Table ForScreen()
    {
        var table = TableStyle.OfNumbers(Header[0], [.. Header.Skip(1)]);
        foreach (var row in Rows) table.AddRow([.. row.Select(Markup.Escape)]);
        return table;
    }

    public string Markdown() => string.Concat(
        Rows.Prepend([.. Header.Select((_, index) => index == 0 ? "---" : "---:")]).Prepend(Header)
            .Select(cells => $"| {string.Join(" | ", cells.Select(InOneLine))} |\n"));

    private static string InOneLine(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ');
}
