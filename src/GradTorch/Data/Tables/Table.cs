using System.Globalization;
using GradTorch.Configuration;

namespace GradTorch.Data;

/// <summary>A CSV file with a header, all rows whole and no value missing.</summary>
/// <param name="Lines">Where each row begins in the file.</param>
/// <param name="Rows">Field by field, in the order of the columns.</param>
internal sealed record Table(string Path, IReadOnlyList<string> Columns, IReadOnlyList<int> Lines, IReadOnlyList<string[]> Rows)
{
    /// <summary>What is commonly written for a value that is not there.</summary>
    private static readonly HashSet<string> Missing =
        new(StringComparer.OrdinalIgnoreCase) { "", "NA", "N/A", "NaN", "null", "none", "?" };

    /// <param name="named">The target and the columns of data:categorical, in which only an empty field is missing: NA may be
    /// Namibia.</param>
    /// <exception cref="DataException">The file is not a table: its header is not there or names a column twice, a row has
    /// another number of fields, or a value is missing.</exception>
    public static Table Parse(string text, char delimiter, string path, IReadOnlyCollection<string> named)
    {
        var complaints = new Complaints(path);
        using var records = new CsvReader(text, delimiter, path).Records().GetEnumerator();
        if (!records.MoveNext()) throw new DataException($"{path} is empty; a header with the names of the columns is needed.");
        var columns = HeaderOf(records.Current, complaints);
        var (lines, rows) = (new List<int>(), new List<string[]>());
        while (records.MoveNext())
        {
            var (line, fields) = records.Current;
            Check(records.Current, columns, named, complaints);
            lines.Add(line);
            rows.Add(fields);
        }
        complaints.ThrowIfAny();
        if (rows.Count > 0) return new Table(path, columns, lines, rows);
        var advice = text.Contains('\r') && !text.Contains('\n') ? " Its lines end with CR alone: save it with LF or CRLF." : "";
        throw new DataException($"{path} has a header and no rows; at least two rows are needed, one to train and one to test.{advice}");
    }

    /// <exception cref="DataException">There is no such column.</exception>
    public int IndexOf(string column, string key)
    {
        for (var index = 0; index < Columns.Count; index++)
        {
            if (Columns[index] == column) return index;
        }
        var nearest = NearestName.Find(column, Columns);
        throw new DataException(
            $"{Path}:1: there is no column '{column}' ({key}); the columns are {string.Join(", ", Columns)}"
            + (nearest is null ? "" : $"; did you mean '{nearest}'?"));
    }

    /// <summary>The column's numbers, or null if a value is not one that every precision holds.</summary>
    public double[]? Numbers(int column)
    {
        var numbers = new double[Rows.Count];
        for (var row = 0; row < numbers.Length; row++)
        {
            if (!TryNumber(Rows[row][column], out numbers[row])) return null;
        }
        return numbers;
    }

    /// <summary>The column's different values, by number if all are numbers, else in ordinal order.</summary>
    public string[] Values(int column)
    {
        var values = Rows.Select(row => row[column]).Distinct(StringComparer.Ordinal);
        return Numbers(column) is null
            ? [.. values.Order(StringComparer.Ordinal)]
            : [.. values.OrderBy(value => double.Parse(value, CultureInfo.InvariantCulture)).ThenBy(value => value, StringComparer.Ordinal)];
    }

    public static bool TryNumber(string field, out double number) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && Math.Abs(number) <= float.MaxValue;

    /// <summary>Whether it is a number to its writer: one that is too large too, and one with commas, for the decimal point or
    /// between thousands.</summary>
    public static bool IsMeantAsNumber(string field) =>
        double.TryParse(field.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        || double.TryParse(field, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out _);

    private static string[] HeaderOf(CsvRecord header, Complaints complaints)
    {
        for (var index = 0; index < header.Fields.Length; index++)
        {
            var name = header.Fields[index];
            if (string.IsNullOrWhiteSpace(name))
                complaints.Add(header.Line, FormattableString.Invariant($"column {index + 1} has no name; give it one in the header."));
            else if (Array.IndexOf(header.Fields, name) < index)
                complaints.Add(header.Line, $"two columns are named '{name}'; give each its own name in the header.");
        }
        complaints.ThrowIfAny();
        return header.Fields;
    }

    private static void Check(CsvRecord record, string[] columns, IReadOnlyCollection<string> named, Complaints complaints)
    {
        var (line, fields) = record;
        if (fields.Length != columns.Length)
        {
            complaints.Add(line, fields is [""] ? "the line is empty; take it out." : FormattableString.Invariant(
                $"found {fields.Length} {(fields.Length == 1 ? "field" : "fields")}, where the header has {columns.Length}; give every row as many."));
            return;
        }
        for (var index = 0; index < fields.Length; index++)
        {
            var value = fields[index].Trim();
            if (value.Length > 0 && (named.Contains(columns[index]) || !Missing.Contains(value))) continue;
            var found = value.Length == 0 ? "nothing" : $"'{value}'";
            var orName = value.Length == 0 ? "" : ", or name the column in data:categorical if that is a category";
            complaints.Add(line, FormattableString.Invariant(
                $"column {index + 1} ('{columns[index]}'): found {found}, a missing value; fill it in or leave the row out{orName}."));
        }
    }
}
