using System.Numerics;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A number with its element type, as operators take it. Holds no native memory.</summary>
public sealed class Scalar : IDisposable
{
    private readonly double _real;
    private readonly long _integer;
    private readonly Complex _complex;

    private Scalar(ScalarType type, double real = 0, long integer = 0, Complex complex = default)
    {
        Type = type;
        _real = real;
        _integer = integer;
        _complex = complex;
    }

    /// <summary>Int64, Float64, Bool or ComplexFloat64: the kinds a number is kept in.</summary>
    public ScalarType Type { get; }

    internal static Scalar FromLong(long value) => new(ScalarType.Int64, integer: value);
    internal static Scalar FromDouble(double value) => new(ScalarType.Float64, real: value);
    internal static Scalar FromBool(bool value) => new(ScalarType.Bool, integer: value ? 1 : 0);
    internal static Scalar FromComplex(Complex value) => new(ScalarType.ComplexFloat64, complex: value);

    public static implicit operator Scalar(byte value) => FromLong(value);
    public static implicit operator Scalar(sbyte value) => FromLong(value);
    public static implicit operator Scalar(short value) => FromLong(value);
    public static implicit operator Scalar(int value) => FromLong(value);
    public static implicit operator Scalar(long value) => FromLong(value);
    public static implicit operator Scalar(Half value) => FromDouble((double)value);
    public static implicit operator Scalar(float value) => FromDouble(value);
    public static implicit operator Scalar(double value) => FromDouble(value);
    public static implicit operator Scalar(bool value) => FromBool(value);
    public static implicit operator Scalar((float, float) value) => FromComplex(new Complex(value.Item1, value.Item2));
    public static implicit operator Scalar(Complex value) => FromComplex(value);

    /// <summary>Nothing to release: kept because TorchSharp's scalar is disposable.</summary>
    public void Dispose()
    {
    }

    internal double AsDouble() => Type switch
    {
        ScalarType.Float64 => _real,
        ScalarType.ComplexFloat64 => _complex.Real,
        _ => _integer,
    };

    internal long AsLong() => Type switch
    {
        ScalarType.Float64 => checked((long)_real),
        ScalarType.ComplexFloat64 => checked((long)_complex.Real),
        _ => _integer,
    };

    internal bool AsBool() => Type switch
    {
        ScalarType.Float64 => _real != 0,
        ScalarType.ComplexFloat64 => _complex != Complex.Zero,
        _ => _integer != 0,
    };

    internal Complex AsComplex() => Type == ScalarType.ComplexFloat64 ? _complex : new Complex(AsDouble(), 0);

    internal Argument ToArgument() => Type switch
    {
        ScalarType.Float64 => _real,
        ScalarType.ComplexFloat64 => Argument.Complex(_complex),
        ScalarType.Bool => _integer != 0,
        _ => _integer,
    };
}

/// <summary>Conversions between numbers of .NET and <see cref="Scalar"/>.</summary>
public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this byte value) => value;
    public static Scalar ToScalar(this sbyte value) => value;
    public static Scalar ToScalar(this short value) => value;
    public static Scalar ToScalar(this int value) => value;
    public static Scalar ToScalar(this long value) => value;
    public static Scalar ToScalar(this Half value) => value;
    public static Scalar ToScalar(this float value) => value;
    public static Scalar ToScalar(this double value) => value;
    public static Scalar ToScalar(this bool value) => value;
    public static Scalar ToScalar(this (float, float) value) => value;
    public static Scalar ToScalar(this Complex value) => value;

    public static float ToSingle(this Scalar value) => (float)value.AsDouble();
    public static double ToDouble(this Scalar value) => value.AsDouble();
    public static Half ToHalf(this Scalar value) => (Half)value.AsDouble();
    public static sbyte ToSByte(this Scalar value) => checked((sbyte)value.AsLong());
    public static byte ToByte(this Scalar value) => checked((byte)value.AsLong());
    public static short ToInt16(this Scalar value) => checked((short)value.AsLong());
    public static int ToInt32(this Scalar value) => checked((int)value.AsLong());
    public static long ToInt64(this Scalar value) => value.AsLong();
    public static bool ToBoolean(this Scalar value) => value.AsBool();
    public static Complex ToComplexFloat64(this Scalar value) => value.AsComplex();

    public static (float Real, float Imaginary) ToComplexFloat32(this Scalar value)
    {
        var complex = value.AsComplex();
        return ((float)complex.Real, (float)complex.Imaginary);
    }
}
