using System.Buffers.Binary;
using System.Numerics;

namespace GradTorch.Runs.TensorBoard;

/// <summary>
/// A record of a TFRecord file (tensorflow/core/lib/io/record_writer.h), all of it little-endian: its length as uint64, the CRC of that,
/// the record, and the CRC of that. A reader that finds less than a whole frame at the end of a file waits for the rest.
/// </summary>
internal static class RecordFrame
{
    public static void Write(Stream stream, ReadOnlySpan<byte> record)
    {
        Span<byte> head = stackalloc byte[sizeof(ulong) + sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(head, (ulong)record.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[sizeof(ulong)..], MaskedCrc(head[..sizeof(ulong)]));
        Span<byte> foot = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(foot, MaskedCrc(record));
        stream.Write(head);
        stream.Write(record);
        stream.Write(foot);
    }

    /// <summary>CRC-32C, turned by 15 bits and moved by a constant, since a CRC of bytes that hold their own CRC is a bad check
    /// (tensorflow/core/lib/hash/crc32c.h).</summary>
    private static uint MaskedCrc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var octet in bytes) crc = BitOperations.Crc32C(crc, octet);
        return BitOperations.RotateRight(~crc, 15) + 0xa282ead8;
    }
}
