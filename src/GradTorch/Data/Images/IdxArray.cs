using System.Buffers.Binary;

namespace GradTorch.Data;

/// <summary>An array of unsigned bytes as an IDX file holds it.</summary>
/// <param name="Values">The values, last dimension fastest; as many as the product of <paramref name="Shape"/>.</param>
/// <param name="Shape">The sizes of the dimensions, for images (count, rows, columns).</param>
public sealed record IdxArray(byte[] Values, int[] Shape)
{
    /// <summary>The header of an uncompressed IDX file with this content: 4 bytes of magic, 4 for each dimension.</summary>
    public byte[] Header()
    {
        var header = new byte[4 + 4 * Shape.Length];
        header[2] = IdxFile.UnsignedByte;
        header[3] = (byte)Shape.Length;
        for (var i = 0; i < Shape.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * i), Shape[i]);
        }

        return header;
    }
}
