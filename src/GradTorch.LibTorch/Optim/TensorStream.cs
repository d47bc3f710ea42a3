using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A tensor in TorchSharp's file format: element type, number of dimensions and sizes as LEB128 numbers, then
/// the elements in memory order.</summary>
internal static class TensorStream
{
    internal static void Write(BinaryWriter writer, Tensor tensor)
    {
        using var onCpu = tensor.cpu();
        using var contiguous = Aten.Call("contiguous", onCpu);
        var sizes = contiguous.shape;
        writer.Write7BitEncodedInt64((long)contiguous.dtype);
        writer.Write7BitEncodedInt64(sizes.Length);
        foreach (var size in sizes) writer.Write7BitEncodedInt64(size);
        writer.Write(contiguous.bytes);
    }

    /// <summary>A new CPU tensor.</summary>
    /// <exception cref="EndOfStreamException">The stream ends within the tensor.</exception>
    internal static Tensor Read(BinaryReader reader)
    {
        var type = (ScalarType)reader.Read7BitEncodedInt64();
        var sizes = new long[reader.Read7BitEncodedInt64()];
        for (var i = 0; i < sizes.Length; i++) sizes[i] = reader.Read7BitEncodedInt64();
        var tensor = Aten.Call("empty.memory_format", sizes, type);
        try
        {
            reader.BaseStream.ReadExactly(tensor.bytes);
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }
}
