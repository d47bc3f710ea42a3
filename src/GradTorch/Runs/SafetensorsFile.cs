using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GradTorch.Runs;

/// <summary>A file of named tensors that many programs read: eight bytes with the length of a JSON header, the header, the elements
/// (github.com/huggingface/safetensors). Files of ours have a checksum in their metadata, of header and elements.</summary>
/// <param name="Metadata">Texts by name, without the checksum.</param>
public sealed record SafetensorsFile(
    IReadOnlyDictionary<string, string> Metadata, IReadOnlyDictionary<string, StoredTensor> Tensors)
{
    /// <summary>The name of the checksum: SHA-256 of the file's bytes, with zeros in the checksum's own place.</summary>
    public const string Checksum = "sha256";

    private const string MetadataKey = "__metadata__", OffsetsKey = "data_offsets", TypeKey = "dtype", ShapeKey = "shape";

    /// <summary>As the format limits it.</summary>
    private const int LongestHeader = 100_000_000;

    private static readonly string NoChecksum = new('0', 2 * SHA256.HashSizeInBytes);

    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Replaces the file as a whole: <see cref="AtomicFile"/>.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public void Write(string path)
    {
        var start = Start();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(start);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(start);
            foreach (var tensor in Tensors.Values)
            {
                hash.AppendData(tensor.Data.Span);
                stream.Write(tensor.Data.Span);
            }
            stream.Position = start.AsSpan().IndexOf(Encoding.UTF8.GetBytes(NoChecksum));
            stream.Write(Encoding.UTF8.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset())));
        });
    }

    /// <param name="own">The file is one of ours: a checksum that is not there is damage, too.</param>
    /// <exception cref="RunException">It is not there, is not such a file, or is damaged; the message says where.</exception>
    public static SafetensorsFile Read(string path, bool own = false)
    {
        try
        {
            return Parse(File.ReadAllBytes(path), own);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException
            or FormatException or KeyNotFoundException or ArgumentException)
        {
            throw new RunException($"{path} can't be read as a safetensors file: {e.Message}", e);
        }
    }

    /// <summary>Length and header, with zeros for a checksum. The header is filled up with spaces, so that elements begin at a multiple of
    /// eight bytes.</summary>
    private byte[] Start()
    {
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header, Format))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            // First, so that no other text can be taken for it.
            json.WriteString(Checksum, NoChecksum);
            foreach (var (name, text) in Metadata) json.WriteString(name, text);
            json.WriteEndObject();
            var offset = 0L;
            foreach (var (name, tensor) in Tensors)
            {
                json.WriteStartObject(name);
                json.WriteString(TypeKey, tensor.Type);
                WriteNumbers(json, ShapeKey, tensor.Shape);
                WriteNumbers(json, OffsetsKey, offset, offset += tensor.Data.Length);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        while (header.Length % sizeof(long) != 0) header.WriteByte((byte)' ');
        var start = new byte[sizeof(long) + header.Length];
        BinaryPrimitives.WriteInt64LittleEndian(start, header.Length);
        header.ToArray().CopyTo(start, sizeof(long));
        return start;
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, params ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static SafetensorsFile Parse(byte[] file, bool own)
    {
        if (file.Length < sizeof(long)) throw new FormatException($"it has {file.Length} bytes.");
        var length = BinaryPrimitives.ReadInt64LittleEndian(file);
        if (length is < 2 or > LongestHeader || length > file.Length - sizeof(long))
            throw new FormatException(FormattableString.Invariant($"its header would have {length} bytes, the file has {file.Length}."));
        var start = sizeof(long) + (int)length;
        using var header = JsonDocument.Parse(file.AsMemory(sizeof(long), (int)length));
        var metadata = header.RootElement.TryGetProperty(MetadataKey, out var texts)
            ? texts.EnumerateObject().ToDictionary(text => text.Name, text => text.Value.GetString()!) : [];
        if (metadata.Remove(Checksum, out var checksum)) RequireChecksum(file, start, checksum);
        else if (own) throw new FormatException("it has no checksum.");
        var tensors = header.RootElement.EnumerateObject().Where(entry => entry.Name != MetadataKey)
            .ToDictionary(entry => entry.Name, entry => TensorOf(entry.Name, entry.Value, file.AsMemory(start)));
        return new SafetensorsFile(metadata, tensors);
    }

    private static void RequireChecksum(byte[] file, int start, string checksum)
    {
        var place = file.AsSpan(0, start).IndexOf(Encoding.UTF8.GetBytes(checksum));
        if (place < 0 || checksum.Length != NoChecksum.Length) throw new FormatException("its checksum is damaged.");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(file.AsSpan(0, place));
        hash.AppendData(Encoding.UTF8.GetBytes(NoChecksum));
        hash.AppendData(file.AsSpan(place + checksum.Length));
        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != checksum)
            throw new FormatException("it is damaged: its contents are not those that its checksum was made of.");
    }

    private static StoredTensor TensorOf(string name, JsonElement entry, ReadOnlyMemory<byte> data)
    {
        var type = entry.GetProperty(TypeKey).GetString()!;
        long[] shape = [.. entry.GetProperty(ShapeKey).EnumerateArray().Select(size => size.GetInt64())];
        long[] offsets = [.. entry.GetProperty(OffsetsKey).EnumerateArray().Select(offset => offset.GetInt64())];
        var size = TensorTypes.SizeOf(type) ?? throw new FormatException($"tensor '{name}' is of type {type}, which the format does not have.");
        if (shape.Any(length => length < 0) || offsets is not [>= 0 and var begin, var end] || end < begin || end > data.Length
            || shape.Aggregate((BigInteger)size, (bytes, length) => bytes * length) != end - begin)
        {
            throw new FormatException($"tensor '{name}', {StoredTensor.Describe(type, shape)}, does not lie where it says.");
        }
        return new StoredTensor(type, shape, data[(int)begin..(int)end]);
    }
}
