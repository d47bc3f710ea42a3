using System.Buffers.Binary;

namespace GradTorch.Tests.Runs.TensorBoard;

/// <summary>Reads event files by the formats' own definitions and shares nothing with what writes them: CRC-32C bit by bit, frames and
/// messages by hand. It takes no file that is not whole.</summary>
internal static class EventFileReader
{
    /// <summary>CRC-32C, bits from the lowest, by the reflected polynomial (RFC 3720, appendix B.4).</summary>
    public static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFFFFFF;
        foreach (var octet in bytes)
        {
            crc ^= octet;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
        }
        return ~crc;
    }

    public static IReadOnlyList<RecordedEvent> Read(string path)
    {
        ReadOnlyMemory<byte> rest = File.ReadAllBytes(path);
        var events = new List<RecordedEvent>();
        while (rest.Length > 0)
        {
            var length = BinaryPrimitives.ReadUInt64LittleEndian(rest.Span);
            var record = rest.Slice(12, checked((int)length));
            Assert.Equal(Masked(rest.Span[..8]), BinaryPrimitives.ReadUInt32LittleEndian(rest.Span[8..]));
            Assert.Equal(Masked(record.Span), BinaryPrimitives.ReadUInt32LittleEndian(rest.Span[(12 + record.Length)..]));
            events.Add(EventOf(new WireFields(record)));
            rest = rest[(16 + record.Length)..];
        }
        return events;
    }

    /// <summary>The files of a folder, in the order in which TensorBoard reads them.</summary>
    public static string[] Files(string folder) => [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)];

    /// <summary>What TensorBoard keeps of a folder: no step from that of a START on that was there before it.</summary>
    public static IReadOnlyList<RecordedEvent> Kept(string folder)
    {
        var kept = new List<RecordedEvent>();
        foreach (var read in Files(folder).SelectMany(Read))
        {
            if (read.IsStart) kept.RemoveAll(earlier => earlier.Step >= read.Step);
            else if (read.Version is null) kept.Add(read);
        }
        return kept;
    }

    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        var crc = Crc(bytes);
        return unchecked(((crc >> 15) | (crc << 17)) + 0xA282EAD8);
    }

    private static RecordedEvent EventOf(WireFields fields)
    {
        WireFields[] values = [.. fields.Messages(5).SelectMany(summary => summary.Messages(1))];
        Assert.All(values, value => Assert.True(value.Has(2) ^ value.Has(5)));
        return new RecordedEvent(
            fields.Double(1), fields.Integer(2), fields.Has(3) ? fields.Text(3) : null,
            fields.Messages(7).Any(session => session.Integer(1) == 1),
            [.. values.Where(value => value.Has(2)).Select(value => KeyValuePair.Create(value.Text(1), value.Single(2)))],
            [.. values.Where(value => value.Has(5)).Select(value => KeyValuePair.Create(value.Text(1), HistogramOf(value.Messages(5).Single())))]);
    }

    private static RecordedHistogram HistogramOf(WireFields fields) => new(
        fields.Double(1), fields.Double(2), fields.Double(3), fields.Double(4), fields.Double(5), fields.Doubles(6), fields.Doubles(7));
}
