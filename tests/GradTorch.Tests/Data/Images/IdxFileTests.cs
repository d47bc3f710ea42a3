using GradTorch.Data;

namespace GradTorch.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false, "images")]
    [InlineData(true, "images.gz")]
    [InlineData(false, "plain-despite-its-name.gz")]
    [InlineData(true, "gzipped-despite-its-name")]
    public void Content_decides_whether_a_file_is_gzipped(bool gzip, string name)
    {
        var content = IdxBytes.Images(5, 3, 2);
        var array = IdxFile.Read(folder.Write(name, gzip ? IdxBytes.Gzip(content) : content));
        Assert.Equal([5, 3, 2], array.Shape);
        Assert.Equal(content[16..], array.Values);
        Assert.Equal(content[..16], array.Header());
    }

    [Fact]
    public void A_file_without_values_is_an_array_without_values() =>
        Assert.Empty(IdxFile.Read(folder.Write("f", IdxBytes.Of([0, 28, 28], []))).Values);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_truncation_is_told_as_one(bool gzip)
    {
        var whole = IdxBytes.Images(5, 3, 2);
        for (var length = 1; length < whole.Length; length++)
        {
            var part = whole[..length];
            Assert.Contains("is truncated", Refusal(gzip ? IdxBytes.Gzip(part) : part), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Gzip_data_cut_off_anywhere_is_refused()
    {
        var whole = IdxBytes.Gzip(IdxBytes.Images(5, 3, 2));
        for (var length = 0; length < whole.Length; length++)
        {
            Refusal(whole[..length]);
        }
    }

    [Fact]
    public void Gzip_data_cut_off_in_its_checksum_says_that_its_end_is_cut_off() =>
        Assert.Contains("its end is cut off", Refusal(IdxBytes.Gzip(IdxBytes.Images(5, 3, 2))[..^6]), StringComparison.Ordinal);

    [Fact]
    public void Bytes_after_gzip_data_are_refused() =>
        Assert.Contains(
            "other bytes follow", Refusal([.. IdxBytes.Gzip(IdxBytes.Images(5, 3, 2)), 1, 2, 3]), StringComparison.Ordinal);

    [Theory]
    [InlineData(-6)]
    [InlineData(-2)]
    [InlineData(12)]
    public void A_flipped_byte_in_gzip_data_is_corrupt(int at)
    {
        // Of pixels that can't be packed, so that byte 12 is the inner length of a stored block.
        var pixels = new byte[3000];
        new Random(1).NextBytes(pixels);
        var content = IdxBytes.Gzip(IdxBytes.Of([3000], pixels));
        content[at < 0 ? content.Length + at : at] ^= 0xff;
        Assert.Contains("compressed data is corrupt", Refusal(content), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Trailing_bytes_are_told(bool gzip)
    {
        byte[] content = [.. IdxBytes.Images(5, 3, 2), 7];
        Assert.Contains("trailing bytes", Refusal(gzip ? IdxBytes.Gzip(content) : content), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    public void An_empty_file_is_told(byte[] content) =>
        Assert.Contains("is empty", Refusal(content), StringComparison.Ordinal);

    [Fact]
    public void Wrong_magic_shows_what_was_found() =>
        Assert.Contains("89504E47", Refusal([0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 0]), StringComparison.Ordinal);

    [Theory]
    [InlineData(0x09, "signed bytes")]
    [InlineData(0x0B, "16-bit integers")]
    [InlineData(0x0C, "32-bit integers")]
    [InlineData(0x0D, "32-bit floats")]
    [InlineData(0x0E, "64-bit floats")]
    [InlineData(0x07, "unknown type")]
    public void Another_type_is_named(byte type, string name)
    {
        var message = Refusal(IdxBytes.Of([1], [1, 2, 3, 4, 5, 6, 7, 8], type));
        Assert.Contains(name, message, StringComparison.Ordinal);
        Assert.Contains($"0x{type:X2}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_dimensions_are_told() =>
        Assert.Contains("no dimensions", Refusal(IdxBytes.Of([], [1])), StringComparison.Ordinal);

    [Fact]
    public void A_header_that_promises_more_than_fits_takes_no_memory()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("is truncated", Refusal(IdxBytes.Of([2000, 1000, 1000], [1])), StringComparison.Ordinal);
        Assert.Contains(
            "promises more", Refusal(IdxBytes.Of([60000, 60000, 60000, 60000, 60000], [])), StringComparison.Ordinal);
        Assert.Contains("4294967295", Refusal(IdxBytes.Of([-1], [])), StringComparison.Ordinal);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 10_000_000);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_told()
    {
        Assert.Contains("does not exist", RefusalOf(folder.File("nowhere")), StringComparison.Ordinal);
        Assert.Contains("can't be read", RefusalOf(folder.Path), StringComparison.Ordinal);
    }

    private string Refusal(byte[] content) => RefusalOf(folder.Write("file", content));

    private static string RefusalOf(string file)
    {
        var message = Assert.Throws<DataException>(() => IdxFile.Read(file)).Message;
        Assert.StartsWith(file, message, StringComparison.Ordinal);
        return message;
    }
}
