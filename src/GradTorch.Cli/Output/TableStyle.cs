using Spectre.Console;

namespace GradTorch.Cli.Output;

/// <summary>The one look of the program's tables.</summary>
internal static class TableStyle
{
    /// <summary>A table of text columns.</summary>
    public static Table Of(params ReadOnlySpan<string> headers)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var header in headers) table.AddColumn(new TableColumn(Markup.Escape(header)) { Padding = new Padding(0, 0, 1, 0) });
        return table;
    }

    /// <summary>A first column of names, then columns of numbers.</summary>
    public static Table OfNumbers(string first, params ReadOnlySpan<string> headers)
    {
        var table = Of(first);
        table.Columns[0].NoWrap = true;
        foreach (var header in headers)
        {
            table.AddColumn(new TableColumn(Markup.Escape(header))
            {
                Alignment = Justify.Right, NoWrap = true, Padding = new Padding(1, 0, 0, 0),
            });
        }
        return table;
    }

    /// <summary>Ratios at the first and at the last record.</summary>
    /// <param name="what">By what.</param>
    public static Table OfRatios(string what, params ReadOnlySpan<(string Name, (double First, double Last) Ratio)> ratios)
    {
        var table = OfNumbers(what, "first", "last");
        foreach (var (name, ratio) in ratios)
            table.AddRow(name, NumberText.ScientificOrDash(ratio.First), NumberText.ScientificOrDash(ratio.Last));
        return table;
    }

    /// <summary>Two columns without a header: what it is, and the value.</summary>
    public static Table OfPairs(IEnumerable<(string Name, string Value)> pairs)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders()
            .AddColumn(new TableColumn("") { Padding = new Padding(0, 0, 3, 0), NoWrap = true })
            .AddColumn(new TableColumn("") { Padding = new Padding(0) });
        foreach (var (name, value) in pairs) table.AddRow($"[bold]{Markup.Escape(name)}[/]", Markup.Escape(value));
        return table;
    }
}
