using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using GradTorch.Runs;

namespace GradTorch.Tests.Runs;

public sealed class SafetensorsFileTests : IDisposable
{
    private static readonly SafetensorsFile Small = new(
        new Dictionary<string, string> { ["step"] = "17", ["name"] = "tanh · \"χ₁\"" },
        new Dictionary<string, StoredTensor>
        {
            ["hidden1.weight"] = new(TensorTypes.F32, [2, 3], new byte[] { 0, 0, 128, 63, 0, 0, 192, 127, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 }),
            ["none"] = new(TensorTypes.F64, [0, 4], Array.Empty<byte>()),
            ["alive"] = new(TensorTypes.Bool, [3], new byte[] { 1, 0, 1 }),
            ["steps"] = new(TensorTypes.I64, [], new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }),
        });

    private readonly TemporaryFolder folder = new();
    private readonly string file;

    public SafetensorsFileTests() => file = folder.File("a.safetensors");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_written_is_read()
    {
        Small.Write(file);
        var read = SafetensorsFile.Read(file);
        Assert.Equal(Small.Metadata, read.Metadata);
        Assert.Equal(Small.Tensors.Keys, read.Tensors.Keys);
        Assert.All(Small.Tensors, tensor => Assert.True(tensor.Value.Same(read.Tensors[tensor.Key])));
    }

    [Fact]
    public void The_file_is_laid_out_as_the_format_says()
    {
        Small.Write(file);
        var bytes = File.ReadAllBytes(file);
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.Equal(0, length % 8);
        using var header = JsonDocument.Parse(bytes.AsMemory(8, length));
        var weight = header.RootElement.GetProperty("hidden1.weight");
        Assert.Equal("""{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}""", weight.GetRawText());
        Assert.Equal("17", header.RootElement.GetProperty("__metadata__").GetProperty("step").GetString());
        Assert.Equal(1f, BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(8 + length)));
        Assert.Equal(8 + length + 24 + 0 + 3 + 8, bytes.Length);
    }

    [Fact]
    public void One_flipped_bit_anywhere_is_found()
    {
        Small.Write(file);
        var whole = File.ReadAllBytes(file);
        for (var at = 0; at < whole.Length; at++)
        {
            byte[] flipped = [.. whole];
            flipped[at] ^= (byte)(1 << at % 8);
            File.WriteAllBytes(file, flipped);
            var error = Assert.Throws<RunException>(() => SafetensorsFile.Read(file, own: true));
            Assert.StartsWith(file + " can't be read as a safetensors file: ", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_that_ends_early_is_found()
    {
        Small.Write(file);
        var whole = File.ReadAllBytes(file);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(file, whole[..length]);
            Assert.Throws<RunException>(() => SafetensorsFile.Read(file, own: true));
        }
    }

    [Theory]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", null)]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}""", "tensor 'w', F32 of shape (1), does not lie where it says.")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", "tensor 'w', F32 of shape (2), does not lie where it says.")]
    [InlineData("""{"w":{"dtype":"F32","shape":[4294967296,4294967296,4294967296],"data_offsets":[0,0]}}""", "does not lie where it says.")]
    [InlineData("""{"w":{"dtype":"F31","shape":[2],"data_offsets":[0,8]}}""", "tensor 'w' is of type F31, which the format does not have.")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2]}}""", "")]
    [InlineData("""{"w":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}""", "")]
    [InlineData("""[1, 2]""", "")]
    [InlineData("""{"w": """, "")]
    [InlineData("""{"__metadata__":{"sha256":"12"}}""", "its checksum is damaged.")]
    public void Files_of_others_need_no_checksum_but_must_fit_themselves(string header, string? complaint)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, Encoding.UTF8.GetByteCount(header));
        File.WriteAllBytes(file, [.. length, .. Encoding.UTF8.GetBytes(header), 1, 2, 3, 4, 5, 6, 7, 8]);
        if (complaint is null)
        {
            Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], SafetensorsFile.Read(file).Tensors["w"].Data.ToArray());
            return;
        }
        var error = Assert.Throws<RunException>(() => SafetensorsFile.Read(file));
        Assert.Contains(complaint, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_is_told()
    {
        var error = Assert.Throws<RunException>(() => SafetensorsFile.Read(folder.File("missing")));
        Assert.Contains("missing", error.Message, StringComparison.Ordinal);
    }
}
