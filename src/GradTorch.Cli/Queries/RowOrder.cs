using System.Globalization;

namespace GradTorch.Cli.Queries;

/// <summary>An order of rows by a column or a key of the configuration: numbers as numbers, before text; what has no value comes
/// last.</summary>
/// <param name="Descending">The largest first.</param>
internal sealed record RowOrder(string Column, bool Descending)
{
    public static readonly VerbOption Option = new("--sort", "COLUMN", "order of the rows, the largest first with a minus before the name");

    /// <summary>Values in their order, as a table by two keys needs it as well.</summary>
    public static Comparer<object> ByValue { get; } = Comparer<object>.Create((one, other) =>
        (RowFilter.Number(one), RowFilter.Number(other)) switch
        {
            ({ } left, { } right) => left.CompareTo(right),
            ({ }, null) => -1,
            (null, { }) => 1,
            _ => string.CompareOrdinal(Convert.ToString(one, CultureInfo.InvariantCulture), Convert.ToString(other, CultureInfo.InvariantCulture)),
        });

    /// <returns>Null where none is given.</returns>
    /// <exception cref="BadArgumentsException">It is no column.</exception>
    public static RowOrder? Of<T>(OptionValues options, RowColumns<T> columns) => options.Text(Option.Name) switch
    {
        null => null,
        ['-', .. var name] => new RowOrder(columns.Known(Option.Name, name), Descending: true),
        var name => new RowOrder(columns.Known(Option.Name, name), Descending: false),
    };

    /// <summary>Whether configurations must be read for it.</summary>
    public bool IsOfKey => Column.Contains(':');

    public List<T> Sorted<T>(IEnumerable<T> rows, RowColumns<T> columns)
    {
        var keyed = rows.Select(row => (Row: row, Value: columns.Value(row, Column))).ToList();
        var known = keyed.Where(entry => entry.Value is not null).OrderBy(entry => entry.Value!, ByValue).Select(entry => entry.Row);
        return [.. Descending ? known.Reverse() : known, .. keyed.Where(entry => entry.Value is null).Select(entry => entry.Row)];
    }
}
