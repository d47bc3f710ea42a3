using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>What precedes the elements in TorchSharp's tensor format: element type, number of dimensions and sizes, as
/// LEB128 numbers.</summary>
internal static class TensorHeader
{
    internal static void Write(BinaryWriter writer, Tensor tensor)
    {
        writer.Write7BitEncodedInt64((long)tensor.dtype);
        writer.Write7BitEncodedInt64(tensor.Dimensions);
        foreach (var size in tensor.shape) writer.Write7BitEncodedInt64(size);
    }

    internal static (ScalarType Type, long[] Sizes) Read(BinaryReader reader)
    {
        var type = (ScalarType)reader.Read7BitEncodedInt64();
        var sizes = new long[reader.Read7BitEncodedInt64()];
        for (var i = 0; i < sizes.Length; i++) sizes[i] = reader.Read7BitEncodedInt64();
        return (type, sizes);
    }
}
