using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

internal enum ArgumentTag
{
    None, Tensor, Int, Double, Bool, IntList, DoubleList, TensorList, String, Device, Generator, Complex, BoolList,
}

/// <summary>An argument or a result as it crosses to the native side (<c>gt::Argument</c>).</summary>
[StructLayout(LayoutKind.Explicit)]
internal struct NativeArgument
{
    [FieldOffset(0)] internal ArgumentTag Tag;
    [FieldOffset(4)] internal int Count;
    [FieldOffset(8)] internal long Integer;
    [FieldOffset(8)] internal double Real;
    [FieldOffset(8)] internal nint Pointer;
}

/// <summary>An operator's argument: made by implicit conversion, so that a call reads like the operator's schema.</summary>
internal readonly struct Argument
{
    internal readonly ArgumentTag Tag;
    internal readonly int Index;
    internal readonly long Bits;
    internal readonly object? Reference;

    private Argument(ArgumentTag tag, long bits, object? reference = null, int index = 0)
    {
        Tag = tag;
        Bits = bits;
        Reference = reference;
        Index = index;
    }

    internal static Argument None => default;

    private static Argument List(ArgumentTag tag, object? list) => list is null ? default : new(tag, 0, list);

    public static implicit operator Argument(Tensor? value) => List(ArgumentTag.Tensor, value);
    public static implicit operator Argument(long value) => new(ArgumentTag.Int, value);
    public static implicit operator Argument(long? value) => value is { } given ? given : default(Argument);
    public static implicit operator Argument(int value) => new(ArgumentTag.Int, value);
    public static implicit operator Argument(double value) => new(ArgumentTag.Double, BitConverter.DoubleToInt64Bits(value));
    public static implicit operator Argument(double? value) => value is { } given ? given : default(Argument);
    public static implicit operator Argument(bool value) => new(ArgumentTag.Bool, value ? 1 : 0);
    public static implicit operator Argument(bool? value) => value is { } given ? given : default(Argument);
    public static implicit operator Argument(Scalar? value) => value is null ? default : value.ToArgument();
    public static implicit operator Argument(long[]? value) => List(ArgumentTag.IntList, value);
    public static implicit operator Argument(double[]? value) => List(ArgumentTag.DoubleList, value);
    public static implicit operator Argument(bool[]? value) => List(ArgumentTag.BoolList, value);

    /// <summary>A list of tensors; a null among them is an absent optional tensor.</summary>
    public static implicit operator Argument(Tensor?[]? value) => List(ArgumentTag.TensorList, value);
    public static implicit operator Argument(List<Tensor>? value) => List(ArgumentTag.TensorList, value?.ToArray());
    public static implicit operator Argument(string? value) => List(ArgumentTag.String, value);
    public static implicit operator Argument(ScalarType value) => new(ArgumentTag.Int, (long)value);
    public static implicit operator Argument(ScalarType? value) => value is { } given ? given : default(Argument);
    public static implicit operator Argument(Generator? value) => List(ArgumentTag.Generator, value);
    public static implicit operator Argument(Device? value) =>
        value is null ? default : new(ArgumentTag.Device, (long)value.type, index: value.index);

    internal static Argument Complex(System.Numerics.Complex value) =>
        new(ArgumentTag.Complex, 0, new[] { value.Real, value.Imaginary });
}
