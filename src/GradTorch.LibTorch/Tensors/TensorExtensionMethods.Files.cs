using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp;

public static partial class TensorExtensionMethods
{
    /// <summary>Writes type, shape and elements in TorchSharp's own format.</summary>
    public static void Save(this Tensor tensor, BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        using var onCpu = tensor.cpu();
        using var contiguous = Aten.Call("contiguous", onCpu);
        TensorHeader.Write(writer, contiguous);
        writer.Flush();
        contiguous.WriteBytesToStream(writer.BaseStream);
    }

    /// <summary>As to a writer; the stream is closed.</summary>
    public static void Save(this Tensor tensor, Stream stream)
    {
        using var writer = new BinaryWriter(stream);
        tensor.Save(writer);
    }

    public static void Save(this Tensor tensor, string location) => tensor.Save(File.Create(location));

    /// <summary>Reads the elements of this tensor, or with <paramref name="skip"/> passes over them.</summary>
    /// <exception cref="ArgumentException">The stream holds a tensor of another type or shape.</exception>
    public static void Load(this Tensor tensor, BinaryReader reader, bool skip = false)
    {
        var (type, sizes) = TensorHeader.Read(reader);
        if (type != tensor.dtype) throw Mismatch("data types");
        if (!skip && !sizes.AsSpan().SequenceEqual(tensor.shape)) throw Mismatch("shape");
        if (skip) Pass(reader, type, sizes);
        else Fill(tensor, reader);
    }

    /// <summary>Reads into the tensor, or into a new one when it is null.</summary>
    public static void Load(ref Tensor? tensor, BinaryReader reader, bool skip = false)
    {
        var (type, sizes) = TensorHeader.Read(reader);
        if (tensor is not null && !skip && !sizes.AsSpan().SequenceEqual(tensor.shape)) throw Mismatch("shape");
        tensor ??= zeros(sizes, type);
        if (skip) Pass(reader, type, sizes);
        else Fill(tensor, reader);
    }

    public static Tensor Load(BinaryReader reader, bool skip = false)
    {
        Tensor? loaded = null;
        Load(ref loaded, reader, skip);
        return loaded!;
    }

    private static void Fill(Tensor tensor, BinaryReader reader)
    {
        // A leaf that needs a gradient may be written too.
        using var ungraphed = no_grad();
        using var read = zeros_like(tensor, device: CPU);
        using var contiguous = Aten.Call("contiguous", read);
        contiguous.ReadBytesFromStream(reader.BaseStream);
        Aten.CallInto(tensor, "copy_", tensor, contiguous);
    }

    private static void Pass(BinaryReader reader, ScalarType type, long[] sizes) =>
        reader.BaseStream.Seek(sizes.TotalSize() * type.ElementSize(), SeekOrigin.Current);

    private static ArgumentException Mismatch(string what) =>
        new($"Mismatched tensor {what} while loading. Make sure that the model you are loading into is exactly the same as the origin.");
}
