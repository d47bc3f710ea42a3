using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>How TorchSharp writes tensors: element type, number of dimensions and sizes as LEB128 numbers, then the elements
/// in row-major order as they lie in memory.</summary>
internal static class StateDictFormat
{
    private const int BlockBytes = 1 << 20;
    private const int MostNumberBytes = 9;

    internal static void WriteNumber(BinaryWriter writer, long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        for (; value > 0x7f; value >>= 7) writer.Write((byte)(value | 0x80));
        writer.Write((byte)value);
    }

    /// <exception cref="InvalidDataException">The number has more than 63 bits.</exception>
    internal static long ReadNumber(BinaryReader reader)
    {
        long value = 0;
        for (var i = 0; i < MostNumberBytes; i++)
        {
            var group = reader.ReadByte();
            value |= (long)(group & 0x7f) << (7 * i);
            if ((group & 0x80) == 0) return value;
        }
        throw new InvalidDataException("A number has more than 63 bits: the data are not a saved module, or damaged.");
    }

    internal static unsafe void WriteTensor(BinaryWriter writer, Tensor tensor)
    {
        using var untracked = no_grad();
        using var onCpu = tensor.cpu();
        using var contiguous = Aten.Call("contiguous", onCpu);
        WriteNumber(writer, (long)contiguous.dtype);
        var shape = contiguous.shape;
        WriteNumber(writer, shape.Length);
        foreach (var length in shape) WriteNumber(writer, length);

        var memory = (byte*)contiguous.ContiguousMemory();
        var size = contiguous.NumberOfElements * contiguous.ElementSize;
        for (long at = 0; at < size; at += BlockBytes)
            writer.Write(new ReadOnlySpan<byte>(memory + at, (int)Math.Min(BlockBytes, size - at)));
    }

    /// <param name="reader">Stands at the start of the tensor.</param>
    /// <param name="name">For messages.</param>
    /// <param name="target">Gets the elements; null reads past them.</param>
    internal static void ReadTensor(BinaryReader reader, string name, Tensor? target)
    {
        var type = (ScalarType)ReadNumber(reader);
        var shape = new long[checked((int)Math.Min(ReadNumber(reader), ushort.MaxValue))];
        for (var i = 0; i < shape.Length; i++) shape[i] = ReadNumber(reader);
        if (target is null)
        {
            var size = shape.Aggregate(SizeOf(type, name), (bytes, length) => checked(bytes * length));
            ReadBlocks(reader, size, (_, _) => { });
            return;
        }
        if (type != target.dtype)
            throw new ArgumentException($"Mismatched tensor data types while loading '{name}': the module has {target.dtype}, the data {type}. Make sure that the model you are loading into is exactly the same as the origin.");
        if (!shape.AsSpan().SequenceEqual(target.shape))
            throw new ArgumentException($"Mismatched tensor shape while loading '{name}': the module has [{string.Join(", ", target.shape)}], the data [{string.Join(", ", shape)}]. Make sure that the model you are loading into is exactly the same as the origin.");

        using var untracked = no_grad();
        using var values = Modules.NewParameter.EmptyTensor(shape, type, CPU);
        ReadInto(reader, values);
        Aten.CallInto(target, "copy_", target, values);
    }

    private static unsafe void ReadInto(BinaryReader reader, Tensor values)
    {
        var memory = values.ContiguousMemory();
        ReadBlocks(reader, values.NumberOfElements * values.ElementSize,
            (at, block) => block.CopyTo(new Span<byte>((byte*)memory + at, block.Length)));
    }

    private delegate void BlockAction(long at, ReadOnlySpan<byte> block);

    private static void ReadBlocks(BinaryReader reader, long size, BlockAction use)
    {
        var buffer = new byte[(int)Math.Min(BlockBytes, size)];
        for (long at = 0; at < size; at += buffer.Length)
        {
            var block = buffer.AsSpan(0, (int)Math.Min(buffer.Length, size - at));
            reader.BaseStream.ReadExactly(block);
            use(at, block);
        }
    }

    private static long SizeOf(ScalarType type, string name) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool or ScalarType.QInt8 or ScalarType.QUInt8 => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 or ScalarType.QInt32 => 4,
        ScalarType.Int64 or ScalarType.Float64 or ScalarType.ComplexFloat32 => 8,
        ScalarType.ComplexFloat64 => 16,
        _ => throw new InvalidDataException($"'{name}' has the unknown element type {(int)type}: the data are not a saved module, or damaged."),
    };
}
