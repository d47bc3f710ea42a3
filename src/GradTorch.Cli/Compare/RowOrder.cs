using System.Globalization;
using GradTorch.Analysis.Comparisons;
using GradTorch.Cli.Output;

namespace GradTorch.Cli.Compare;

/// <summary>An order of variants by a column of the comparison or a key of the configuration: numbers as numbers, before text; what has
/// no value comes last.</summary>
internal static class RowOrder
{
    /// <param name="column">With a minus before it the largest comes first.</param>
    /// <exception cref="BadArgumentsException">It is no column.</exception>
    public static List<ComparedVariant> Sorted(IEnumerable<ComparedVariant> variants, string column)
    {
        var descending = column.StartsWith('-');
        var name = ComparisonOptions.Column("--sort", descending ? column[1..] : column);
        var keyed = variants.Select(variant => (Variant: variant, Value: ComparisonRow.Value(variant, name))).ToList();
        var known = keyed.Where(entry => entry.Value is not null).OrderBy(entry => entry.Value!, ByValue).Select(entry => entry.Variant);
        return [.. descending ? known.Reverse() : known, .. keyed.Where(entry => entry.Value is null).Select(entry => entry.Variant)];
    }

    /// <summary>Values in their order, as a table by two keys needs it as well.</summary>
    public static Comparer<object> ByValue { get; } = Comparer<object>.Create((one, other) =>
        (RowFilter.Number(one), RowFilter.Number(other)) switch
        {
            ({ } left, { } right) => left.CompareTo(right),
            ({ }, null) => -1,
            (null, { }) => 1,
            _ => string.CompareOrdinal(Convert.ToString(one, CultureInfo.InvariantCulture), Convert.ToString(other, CultureInfo.InvariantCulture)),
        });
}
