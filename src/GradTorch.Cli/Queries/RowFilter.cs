using System.Globalization;
using System.Text.RegularExpressions;

namespace GradTorch.Cli.Queries;

/// <summary>A condition on a column or a key of the configuration: numbers are compared as numbers, other values as text, of which there
/// is only = and !=.</summary>
internal sealed partial record RowFilter(string Column, string Operator, string Value)
{
    public static readonly VerbOption Option = new(
        "--where", "COLUMN=VALUE", "only these; also != < > <= >=, a key such as model:depth, and more than once");

    /// <summary>Those that were given.</summary>
    /// <exception cref="BadArgumentsException">One is not COLUMN, an operator and a value.</exception>
    public static IReadOnlyList<RowFilter> Of<T>(OptionValues options, RowColumns<T> columns) =>
        [.. options.Texts(Option.Name).Select(text => Parse(text, columns))];

    private static RowFilter Parse<T>(string text, RowColumns<T> columns)
    {
        if (Form().Match(text) is not { Success: true } match)
            throw new BadArgumentsException($"--where: found '{text}'; allowed: COLUMN=VALUE, with one of = != < > <= >= between, as in model:depth=50");
        return new RowFilter(columns.Known(Option.Name, match.Groups[1].Value), match.Groups[2].Value, match.Groups[3].Value);
    }

    /// <summary>A row without such a value is taken by != only.</summary>
    public bool Takes<T>(T row, RowColumns<T> columns)
    {
        if (columns.Value(row, Column) is not { } found) return Operator == "!=";
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
