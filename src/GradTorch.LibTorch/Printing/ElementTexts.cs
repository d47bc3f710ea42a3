using System.Globalization;
using System.Numerics;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Printing;

/// <summary>The elements of a tensor as texts, by their row-major position. Reads from a copy when the tensor isn't on
/// the CPU.</summary>
internal sealed class ElementTexts : IDisposable
{
    private readonly string _format;
    private readonly CultureInfo _culture;
    private readonly Func<long, string> _text;
    private Action? _release;

    internal ElementTexts(Tensor tensor, string format, CultureInfo? culture)
    {
        _format = format;
        _culture = culture ?? CultureInfo.CurrentCulture;
        _text = tensor.dtype switch
        {
            ScalarType.Byte => Reader<byte>(tensor, value => value.ToString(_culture)),
            ScalarType.Int8 => Reader<sbyte>(tensor, value => value.ToString(_culture)),
            ScalarType.Int16 => Reader<short>(tensor, value => value.ToString(_culture)),
            ScalarType.Int32 => Reader<int>(tensor, value => value.ToString(_culture)),
            ScalarType.Int64 => Reader<long>(tensor, value => value.ToString(_culture)),
            ScalarType.Bool => Reader<bool>(tensor, value => value.ToString(_culture)),
            ScalarType.Float32 => Reader<float>(tensor, value => value.ToString(_format, _culture)),
            ScalarType.Float64 => Reader<double>(tensor, value => value.ToString(_format, _culture)),
            ScalarType.ComplexFloat64 => Reader<Complex>(tensor, value =>
                Join(value.Real.ToString(_format, _culture), value.Imaginary.ToString(_format, _culture), value.Real == 0, value.Imaginary == 0)),
            ScalarType.ComplexFloat32 => Reader<(float Real, float Imaginary)>(tensor, value =>
                Join(value.Real.ToString(_format, _culture), value.Imaginary.ToString(_format, _culture), value.Real == 0, value.Imaginary == 0)),
            ScalarType.Float16 or ScalarType.BFloat16 => Widened(tensor),
            _ => _ => "",
        };
    }

    internal string this[long position] => _text(position);

    public void Dispose() => _release?.Invoke();

    private Func<long, string> Reader<T>(Tensor tensor, Func<T, string> text) where T : unmanaged
    {
        var elements = new TensorAccessor<T>(tensor.cpu(), owned: true);
        _release = elements.Dispose;
        return position => text(elements[position]);
    }

    private Func<long, string> Widened(Tensor tensor)
    {
        using var single = tensor.to(ScalarType.Float32);
        return Reader<float>(single, value => value.ToString(_format, _culture));
    }

    private static string Join(string real, string imaginary, bool noReal, bool noImaginary) => (noReal, noImaginary) switch
    {
        (_, true) => real,
        (true, false) => imaginary + "i",
        _ => $"{real}+{imaginary}i",
    };
}
