using System.Globalization;
using System.Text.RegularExpressions;
using GradTorch.Analysis.Comparisons;
using GradTorch.Cli.Output;

namespace GradTorch.Cli.Compare;

/// <summary>A condition on a column of the comparison or a key of the configuration: numbers are compared as numbers, other values as
/// text, of which there is only = and !=.</summary>
internal sealed partial record RowFilter(string Column, string Operator, string Value)
{
    /// <exception cref="BadArgumentsException">It is not COLUMN, an operator and a value.</exception>
    public static RowFilter Parse(string text)
    {
        if (Form().Match(text) is not { Success: true } match)
            throw new BadArgumentsException($"--where: found '{text}'; allowed: COLUMN=VALUE, with one of = != < > <= >= between, as in model:depth=50");
        return new RowFilter(ComparisonOptions.Column("--where", match.Groups[1].Value), match.Groups[2].Value, match.Groups[3].Value);
    }

    /// <summary>A variant without such a value is taken by != only.</summary>
    public bool Takes(ComparedVariant variant)
    {
        if (ComparisonRow.Value(variant, Column) is not { } found) return Operator == "!=";
        if (Number(found) is { } number && Number(Value) is { } wanted)
        {
            return Operator switch
            {
                "=" => number == wanted, "!=" => number != wanted, "<" => number < wanted, ">" => number > wanted, "<=" => number <= wanted,
                _ => number >= wanted,
            };
        }
        var equal = string.Equals(Convert.ToString(found, CultureInfo.InvariantCulture), Value, StringComparison.OrdinalIgnoreCase);
        return Operator == "=" ? equal : Operator == "!=" && !equal;
    }

    /// <summary>Null of what is no number.</summary>
    public static double? Number(object value) =>
        double.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    [GeneratedRegex("^([^=!<>]+)(!=|<=|>=|=|<|>)(.+)$")]
    private static partial Regex Form();
}
