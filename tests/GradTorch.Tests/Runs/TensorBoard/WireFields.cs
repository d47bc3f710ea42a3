using System.Buffers.Binary;
using System.Text;

namespace GradTorch.Tests.Runs.TensorBoard;

/// <summary>The fields of a protobuf message, by number, as its wire format has them (protobuf.dev/programming-guides/encoding).</summary>
internal sealed class WireFields
{
    private readonly List<(int Number, ulong Bits, ReadOnlyMemory<byte> Bytes)> _fields = [];

    public WireFields(ReadOnlyMemory<byte> message)
    {
        while (message.Length > 0)
        {
            var key = Varint(ref message);
            var (number, type) = ((int)(key >> 3), key & 7);
            _fields.Add(type switch
            {
                0 => (number, Varint(ref message), default),
                1 => (number, BinaryPrimitives.ReadUInt64LittleEndian(Take(ref message, 8).Span), default),
                2 => (number, 0, Take(ref message, (int)Varint(ref message))),
                5 => (number, BinaryPrimitives.ReadUInt32LittleEndian(Take(ref message, 4).Span), default),
                _ => throw new InvalidDataException($"field {number} has type {type}"),
            });
        }
    }

    public IEnumerable<WireFields> Messages(int number) => All(number).Select(field => new WireFields(field.Bytes));

    public bool Has(int number) => All(number).Any();

    public string Text(int number) => Encoding.UTF8.GetString(All(number).Single().Bytes.Span);

    public long Integer(int number) => (long)All(number).Single().Bits;

    public double Double(int number) => BitConverter.UInt64BitsToDouble(All(number).Single().Bits);

    public float Single(int number) => BitConverter.UInt32BitsToSingle((uint)All(number).Single().Bits);

    public double[] Doubles(int number)
    {
        var bytes = All(number).Single().Bytes;
        return [.. Enumerable.Range(0, bytes.Length / 8).Select(at => BinaryPrimitives.ReadDoubleLittleEndian(bytes.Span[(8 * at)..]))];
    }

    private static ulong Varint(ref ReadOnlyMemory<byte> message)
    {
        var (value, shift) = (0UL, 0);
        while (true)
        {
            var octet = Take(ref message, 1).Span[0];
            value |= (ulong)(octet & 0x7F) << shift;
            if (octet < 0x80) return value;
            shift += 7;
        }
    }

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> message, int count)
    {
        var taken = message[..count];
        message = message[count..];
        return taken;
    }

    private IEnumerable<(int Number, ulong Bits, ReadOnlyMemory<byte> Bytes)> All(int number) => _fields.Where(field => field.Number == number);
}
