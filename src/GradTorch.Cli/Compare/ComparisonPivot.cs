using System.Globalization;
using GradTorch.Analysis.Comparisons;
using GradTorch.Cli.Output;
using GradTorch.Cli.Queries;

namespace GradTorch.Cli.Compare;

/// <summary>A comparison as a table by two keys: a value of one in each row, of the other in each column, and in the cell what the
/// variants with both have.</summary>
/// <param name="Cell">Null for what the pairs are compared by.</param>
internal sealed record ComparisonPivot(string Rows, string Columns, string? Cell)
{
    public TextTable Table(Comparison comparison)
    {
        var cell = Cell ?? comparison.Measure.Name;
        string[] across = Values(comparison, Columns), down = Values(comparison, Rows);
        return new TextTable(
            [$"{cell}: {Rows} by {Columns}", .. across],
            [.. down.Select(row => across.Select(column => Text(comparison, cell, row, column)).Prepend(row).ToArray())]);
    }

    private static string[] Values(Comparison comparison, string key) =>
    [
        .. comparison.Variants.Select(variant => ComparisonRow.Columns.Value(variant, key)).OfType<object>().Order(RowOrder.ByValue).Select(Text).Distinct(),
    ];

    /// <summary>Of several variants in one cell, each.</summary>
    private string Text(Comparison comparison, string cell, string row, string column) => string.Join('\n', comparison.Variants
        .Where(variant => Is(variant, Rows, row) && Is(variant, Columns, column))
        .Select(variant => ComparisonRow.Columns.Value(variant, cell) switch
        {
            null => "–",
            double number when cell.StartsWith("accuracy", StringComparison.Ordinal) => NumberText.Percent(number),
            double number => NumberText.General(number),
            var other => Text(other),
        }).DefaultIfEmpty("–"));

    private static bool Is(ComparedVariant variant, string key, string value) =>
        ComparisonRow.Columns.Value(variant, key) is { } found && Text(found) == value;

    private static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
