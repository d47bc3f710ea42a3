namespace GradTorch.Runs;

/// <summary>A tensor as a file holds it.</summary>
/// <param name="Type">Of its elements, as safetensors names it: one of <see cref="TensorTypes"/>.</param>
/// <param name="Shape">Empty for a single number.</param>
/// <param name="Data">Elements in row-major order, little-endian.</param>
public sealed record StoredTensor(string Type, long[] Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>F32 of shape (2, 3), as messages have it.</summary>
    public string Describe() => Describe(Type, Shape);

    /// <inheritdoc cref="Describe()"/>
    public static string Describe(string type, IEnumerable<long> shape) =>
        FormattableString.Invariant($"{type} of shape ({string.Join(", ", shape)})");

    /// <summary>The same bits in the same shape.</summary>
    public bool Same(StoredTensor other) =>
        Type == other.Type && Shape.AsSpan().SequenceEqual(other.Shape) && Data.Span.SequenceEqual(other.Data.Span);
}

/// <summary>Element types of the safetensors format.</summary>
public static class TensorTypes
{
    public const string Bool = "BOOL", U8 = "U8", I64 = "I64", F16 = "F16", Bf16 = "BF16", F32 = "F32", F64 = "F64";

    /// <summary>Bytes of an element; null of no type of the format.</summary>
    public static int? SizeOf(string type) => type switch
    {
        Bool or U8 or "I8" or "F8_E5M2" or "F8_E4M3" => 1,
        F16 or Bf16 or "I16" or "U16" => 2,
        F32 or "I32" or "U32" => 4,
        F64 or I64 or "U64" => 8,
        _ => null,
    };
}
