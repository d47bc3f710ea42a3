using System.Buffers.Binary;
using System.IO.Compression;

namespace GradTorch.Tests.Data;

/// <summary>IDX content written by hand from the format's description, for the reader to be tested with.</summary>
internal static class IdxBytes
{
    public static byte[] Of(int[] shape, byte[] values, byte type = 0x08)
    {
        using var content = new MemoryStream();
        content.Write([0, 0, type, (byte)shape.Length]);
        foreach (var size in shape)
        {
            var bytes = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)size);
            content.Write(bytes);
        }

        content.Write(values);
        return content.ToArray();
    }

    /// <summary>Images whose pixels count up from <paramref name="first"/> and go round at 256.</summary>
    public static byte[] Images(int count, int rows, int columns, int first = 0) =>
        Of([count, rows, columns], [.. Enumerable.Range(first, count * rows * columns).Select(i => (byte)i)]);

    public static byte[] Labels(params byte[] labels) => Of([labels.Length], labels);

    public static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    /// <summary>The four files of a set of three training images and two test images, by name without .gz.</summary>
    public static Dictionary<string, byte[]> SmallSet() => new()
    {
        ["train-images-idx3-ubyte"] = Images(3, 2, 4),
        ["train-labels-idx1-ubyte"] = Labels(9, 0, 5),
        ["t10k-images-idx3-ubyte"] = Images(2, 2, 4, first: 100),
        ["t10k-labels-idx1-ubyte"] = Labels(1, 2),
    };
}
