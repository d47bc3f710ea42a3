using System.Numerics;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Which .NET type an element type is read as.</summary>
internal static class ElementTypes
{
    private static readonly Dictionary<ScalarType, Type> Types = new()
    {
        [ScalarType.Byte] = typeof(byte),
        [ScalarType.Int8] = typeof(sbyte),
        [ScalarType.Int16] = typeof(short),
        [ScalarType.Int32] = typeof(int),
        [ScalarType.Int64] = typeof(long),
        [ScalarType.Float16] = typeof(Half),
        [ScalarType.Float32] = typeof(float),
        [ScalarType.Float64] = typeof(double),
        [ScalarType.ComplexFloat32] = typeof((float, float)),
        [ScalarType.ComplexFloat64] = typeof(Complex),
        [ScalarType.Bool] = typeof(bool),
    };

    internal static void Require<T>(ScalarType type)
    {
        if (!Types.TryGetValue(type, out var expected) || expected != typeof(T))
            throw new ArgumentException($"{typeof(T).Name} is not compatible with {type}");
    }

    internal static ScalarType Of<T>() => Of(typeof(T));

    internal static ScalarType Of(Type element)
    {
        foreach (var (type, dotnet) in Types)
        {
            if (dotnet == element) return type;
        }
        throw new NotSupportedException($"The type {element.FullName} is not supported.");
    }
}
