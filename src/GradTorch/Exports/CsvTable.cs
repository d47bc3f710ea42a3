using System.Globalization;
using System.Text;
using GradTorch.Runs;

namespace GradTorch.Exports;

/// <summary>A table as comma-separated values (RFC 4180), in UTF-8 with a line of names. Numbers are the shortest that read back as the
/// same double, others <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>; NULL is an empty field.</summary>
internal static class CsvTable
{
    private const string EndOfLine = "\r\n";

    /// <summary>Of the longest integer or double.</summary>
    private const int LongestNumber = 32;

    private const int BufferSize = 1 << 16;

    public static void Write(TableLayout table, IEnumerable<TableBlock> blocks, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferSize, leaveOpen: true);
        writer.Write(string.Join(',', table.Columns.Select(column => Field(column.Name))) + EndOfLine);
        Span<char> number = stackalloc char[LongestNumber];
        foreach (var block in blocks)
        {
            for (var row = 0; row < block.Rows; row++)
            {
                for (var column = 0; column < block.Columns.Count; column++)
                {
                    if (column > 0) writer.Write(',');
                    Write(writer, block.Columns[column], row, number);
                }
                writer.Write(EndOfLine);
            }
        }
    }

    private static void Write(StreamWriter writer, Array values, int row, Span<char> number)
    {
        switch (values)
        {
            case long?[] integers when integers[row] is { } integer:
                integer.TryFormat(number, out var digits, provider: CultureInfo.InvariantCulture);
                writer.Write(number[..digits]);
                break;
            case double?[] numbers when numbers[row] is { } value:
                value.TryFormat(number, out var length, provider: CultureInfo.InvariantCulture);
                writer.Write(number[..length]);
                break;
            case string?[] texts when texts[row] is { } text:
                writer.Write(Field(text));
                break;
        }
    }

    /// <summary>In quotes where it needs them; an empty text, too, to tell it from NULL.</summary>
    private static string Field(string text) =>
        text.Length == 0 || text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
