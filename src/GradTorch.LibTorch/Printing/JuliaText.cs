using System.Globalization;
using System.Text;

namespace TorchSharp.Printing;

/// <summary>A tensor as rows of columns aligned to the right, one matrix after the other, each named by its indices.
/// Columns that don't fit into the line are left out.</summary>
internal sealed class JuliaText(torch.Tensor tensor, ElementTexts elements, int width, string newLine)
{
    private const string Ellipsis = "...";

    private readonly long[] _shape = tensor.shape;
    private readonly StringBuilder _text = new();

    internal string Write(string metadata)
    {
        _text.Append(metadata);
        if (_shape.Length == 0)
        {
            _text.Append(", value = ").Append(elements[0]);
        }
        else if (_shape.Length <= 2)
        {
            _text.Append(newLine);
            WriteMatrix(0, _shape.Length == 1 ? 1 : _shape[0], _shape[^1]);
        }
        else
        {
            WriteSlices(0, 0, "");
        }
        return _text.ToString();
    }

    private void WriteSlices(int dim, long start, string indices)
    {
        var stride = _shape[(dim + 1)..].TotalSize();
        for (var i = 0L; i < _shape[dim]; i++)
        {
            var named = indices + i.ToString(CultureInfo.InvariantCulture) + ",";
            var first = start + i * stride;
            if (dim < _shape.Length - 3)
            {
                WriteSlices(dim + 1, first, named);
                continue;
            }
            _text.Append(newLine).Append('[').Append(named).Append("..,..] =").Append(newLine);
            WriteMatrix(first, _shape[^2], _shape[^1]);
        }
    }

    private void WriteMatrix(long start, long rows, long columns)
    {
        var texts = new List<List<string>>();
        for (var row = 0L; row < rows; row++) texts.Add(Row(start + row * columns, columns));
        var shown = texts.Count == 0 ? 0 : texts.Min(row => row.Count);
        var widths = Enumerable.Range(0, shown).Select(column => texts.Max(row => row[column].Length)).ToArray();
        foreach (var row in texts)
        {
            for (var column = 0; column < shown; column++) _text.Append(' ').Append(row[column].PadLeft(widths[column]));
            if (shown < columns) _text.Append(' ').Append(Ellipsis);
            _text.Append(newLine);
        }
    }

    private List<string> Row(long start, long columns)
    {
        var row = new List<string>();
        var room = width;
        for (var column = 0L; column < columns; column++)
        {
            var text = elements[start + column];
            if (room < text.Length + Ellipsis.Length + 1) break;
            row.Add(text);
            room -= text.Length + 1;
        }
        return row;
    }
}
