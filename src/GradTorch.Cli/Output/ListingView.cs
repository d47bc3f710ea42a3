using GradTorch.Cli.Terminals;
using Spectre.Console;

namespace GradTorch.Cli.Output;

/// <summary>Entries of text as a table, or one under the other where a table would have to break their words.</summary>
internal static class ListingView
{
    /// <summary>Spaces of a table: after each column, and at its left edge.</summary>
    private const int Gap = 2, Edge = 1;

    /// <summary>Longer words, as the address of a web page, may be broken.</summary>
    private const int LongestWord = 32;

    /// <param name="rows">The first cell of each is its name.</param>
    public static void Show(string[] columns, IReadOnlyList<string[]> rows, Screen screen)
    {
        int[] Longest(Func<string, int> length) =>
            [.. columns.Select((header, column) => rows.Max(row => Math.Max(length(header), length(row[column]))))];
        var words = Longest(text => text.Split(' ').Max(word => Math.Min(word.Length, LongestWord)));
        if (Fit(Longest(text => text.Length), words, screen.Width - Edge - Gap * columns.Length) is { } widths)
        {
            screen.Show(Table(columns, rows, widths));
            return;
        }
        screen.Line();
        foreach (var row in rows)
        {
            screen.Show(row[0], "bold", "");
            screen.Show(TableStyle.OfPairs(columns.Zip(row).Skip(1).Select(pair => ($"  {pair.First}", pair.Second))));
        }
    }

    /// <summary>Column widths for which no word is broken, the widest columns giving way first; null if there are none.
    /// </summary>
    /// <param name="whole">Of each column, its longest text.</param>
    /// <param name="words">Of each column, its longest word.</param>
    /// <param name="room">For all columns together.</param>
    internal static int[]? Fit(int[] whole, int[] words, int room)
    {
        for (var most = room; most >= 0; most--)
        {
            int[] widths = [.. whole.Zip(words, (text, word) => Math.Clamp(most, word, text))];
            if (widths.Sum() <= room) return widths;
        }
        return null;
    }

    private static Table Table(string[] columns, IReadOnlyList<string[]> rows, int[] widths)
    {
        var table = TableStyle.Of(columns);
        foreach (var (column, width) in table.Columns.Zip(widths)) column.Width = width;
        foreach (var row in rows) table.AddRow([.. row.Select(Markup.Escape)]);
        return table;
    }
}
