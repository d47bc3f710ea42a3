using System.Globalization;
using System.Text;
using GradTorch.Analysis.Comparisons;

namespace GradTorch.Cli.Output;

/// <summary>The variants of a comparison as comma-separated values (RFC 4180), a row each; empty where there is no value.</summary>
internal static class ComparisonCsv
{
    public static string Of(Comparison comparison)
    {
        var text = new StringBuilder();
        void Row(IEnumerable<object?> cells) => text.AppendJoin(',', cells.Select(Cell)).Append('\n');
        Row(ComparisonRow.Columns.Names);
        foreach (var variant in comparison.Variants) Row(ComparisonRow.Columns.Of(variant).Values);
        return text.ToString();
    }

    private static string Cell(object? value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return text.AsSpan().ContainsAny(",\"\n\r") ? $"\"{text.Replace("\"", "\"\"")}\"" : text;
    }
}
