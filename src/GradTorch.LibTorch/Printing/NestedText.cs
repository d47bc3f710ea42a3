using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Printing;

/// <summary>A tensor as nested brackets: the style of numpy, and of C# array initialisers. Of dimensions longer than
/// <c>MaxRows</c> (<c>MaxColumns</c> for the last) the middle is left out.</summary>
internal sealed class NestedText
{
    private readonly StringBuilder _text = new();
    private readonly ElementTexts _elements;
    private readonly long[] _shape;
    private readonly string _newLine;
    private readonly bool _csharp;
    private readonly string _suffix;

    private NestedText(ElementTexts elements, Tensor tensor, string newLine, bool csharp)
    {
        _elements = elements;
        _shape = tensor.shape;
        _newLine = newLine;
        _csharp = csharp;
        _suffix = !csharp ? "" : tensor.dtype switch
        {
            ScalarType.Int64 => "L",
            ScalarType.Float32 or ScalarType.BFloat16 or ScalarType.Float16 => "f",
            _ => "",
        };
    }

    internal static string Numpy(Tensor tensor, ElementTexts elements, string newLine)
    {
        if (tensor.Dimensions == 0) return elements[0];
        var nested = new NestedText(elements, tensor, newLine, csharp: false);
        nested.Write(0, 0);
        return nested._text.ToString();
    }

    internal static string CSharp(Tensor tensor, ElementTexts elements, string newLine, string metadata)
    {
        if (tensor.Dimensions == 0) return $"{metadata}, value = {elements[0]}";
        if (Keyword(tensor.dtype) is not { } keyword) return metadata;
        var nested = new NestedText(elements, tensor, newLine, csharp: true);
        var several = tensor.Dimensions > 1;
        nested._text.Append(metadata).Append(", value = ").Append(several ? newLine : "");
        nested._text.Append(keyword).Append(" [").Append(',', (int)tensor.Dimensions - 1).Append("] ");
        nested.Write(0, 0);
        return nested._text.ToString();
    }

    private static string? Keyword(ScalarType type) => type switch
    {
        ScalarType.Bool => "bool",
        ScalarType.Byte => "byte",
        ScalarType.Int8 => "sbyte",
        ScalarType.Int16 => "short",
        ScalarType.Int32 => "int",
        ScalarType.Int64 => "long",
        ScalarType.Float32 => "float",
        ScalarType.Float64 => "double",
        ScalarType.BFloat16 => "bfloat16",
        ScalarType.Float16 => "float16",
        ScalarType.ComplexFloat32 => "complex32",
        ScalarType.ComplexFloat64 => "complex64",
        _ => null,
    };

    /// <summary>Writes the part of the tensor that begins at an element.</summary>
    private void Write(int dim, long start)
    {
        var innermost = dim == _shape.Length - 1;
        var framed = _csharp && dim == 0 && !innermost;
        _text.Append(_csharp ? '{' : '[');
        if (framed) _text.Append(_newLine).Append(' ');
        if (innermost) WriteRow(start);
        else WriteParts(dim, start);
        if (framed) _text.Append(_newLine);
        _text.Append(_csharp ? '}' : ']');
    }

    private void WriteRow(long start)
    {
        var columns = _shape[^1];
        var (leading, trailing) = Shown(columns, MaxColumns);
        for (var i = 0L; i < columns; i++)
        {
            if (i == leading && columns > MaxColumns)
            {
                _text.Append("... ");
                i = columns - trailing;
                if (trailing == 0) break;
            }
            _text.Append(_elements[start + i]).Append(_suffix).Append(i < columns - 1 ? ", " : "");
        }
    }

    private void WriteParts(int dim, long start)
    {
        var size = _shape[dim];
        var stride = _shape[(dim + 1)..].TotalSize();
        var (leading, trailing) = Shown(size, MaxRows);
        for (var i = 0L; i < size; i++)
        {
            if (i == leading && size > MaxRows)
            {
                _text.Append(' ', dim).Append(" ...").Append(_csharp ? _newLine : Gap(dim));
                i = size - trailing;
                if (trailing == 0) break;
            }
            if (i > 0) _text.Append(' ', dim + 1);
            Write(dim + 1, start + i * stride);
            if (i < size - 1) _text.Append(_csharp ? "," + _newLine : Gap(dim));
        }
    }

    private static (long Leading, long Trailing) Shown(long size, int most)
    {
        if (size <= most) return (size, 0);
        var trailing = most / 2;
        return (most - trailing, trailing);
    }

    /// <summary>As many line ends as dimensions begin anew, less one.</summary>
    private string Gap(int dim) => string.Concat(Enumerable.Repeat(_newLine, _shape.Length - dim - 1));
}
