using System.Text;
using GradTorch.Runs.TensorBoard;

namespace GradTorch.Tests.Runs.TensorBoard;

/// <summary>Files that TensorBoard reads.</summary>
public sealed class EventFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The check value of CRC-32/ISCSI, and of 32 zeros in RFC 3720, appendix B.4: what the reader itself goes by.</summary>
    [Fact]
    public void The_reader_has_the_published_checksums()
    {
        Assert.Equal(0xE3069283, EventFileReader.Crc(Encoding.ASCII.GetBytes("123456789")));
        Assert.Equal(0x8A9136AA, EventFileReader.Crc(new byte[32]));
    }

    [Fact]
    public void A_file_begins_with_its_version_and_the_start_of_the_session()
    {
        using var file = EventFile.Create(_folder.Path, firstStep: 300, new SetTime(1_700_000_000.25));
        var path = Assert.Single(EventFileReader.Files(_folder.Path));
        Assert.StartsWith($"events.out.tfevents.1700000000.{Environment.MachineName}", Path.GetFileName(path), StringComparison.Ordinal);
        var events = EventFileReader.Read(path);
        Assert.Equal([("brain.Event:2", false, 0L), (null, true, 300L)], events.Select(read => (read.Version, read.IsStart, read.Step)));
        Assert.All(events, read => Assert.Equal(1_700_000_000.25, read.WallTime));
    }

    /// <summary>The infinite and the smallest of float32, and what it can't hold.</summary>
    [Theory]
    [InlineData(0.1)]
    [InlineData(-0.0)]
    [InlineData(1e-45)]
    [InlineData(1e-60)]
    [InlineData(1e300)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.NaN)]
    public void A_number_comes_back_as_float32_whatever_it_is(double value)
    {
        Write(0, summary => summary.AddScalar("loss/ℓ", value));
        var read = Assert.Single(Only().Scalars);
        Assert.Equal("loss/ℓ", read.Key);
        Assert.Equal(BitConverter.SingleToInt32Bits((float)value), BitConverter.SingleToInt32Bits(read.Value));
    }

    /// <summary>2 numbers from 1e-3 to 1e-2, none from 1e-2 to 0.1 and 6 from 0.1 to 1.</summary>
    [Fact]
    public void Powers_of_ten_are_a_histogram_over_their_logarithms()
    {
        Write(7, summary => summary.AddPowersOfTen("δ", first: -5, [0, 0, 2, 0, 6, 0]));
        var (tag, histogram) = Assert.Single(Only().Histograms);
        Assert.Equal("δ", tag);
        Assert.Equal([-2, -1, 0], histogram.Limits);
        Assert.Equal([2, 0, 6], histogram.Counts);
        Assert.Equal((-3, 0, 8), (histogram.Min, histogram.Max, histogram.Num));
        Assert.Equal((2 * -2.5 + 6 * -0.5, 2 * 6.25 + 6 * 0.25), (histogram.Sum, histogram.SumSquares));
    }

    [Fact]
    public void Where_nothing_was_counted_there_is_no_histogram()
    {
        Write(0, summary =>
        {
            summary.AddPowersOfTen("none", -5, [0, 0, 0]);
            summary.AddScalar("loss", 1);
        });
        Assert.Empty(Only().Histograms);
        Assert.Equal("loss", Assert.Single(Only().Scalars).Key);
    }

    /// <summary>Lengths of one, two and three bytes, and a step that needs all nine.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 100)]
    [InlineData(long.MaxValue, 2000)]
    public void Steps_and_messages_of_any_size_come_back(long step, int count)
    {
        Write(step, summary =>
        {
            for (var value = 0; value < count; value++) summary.AddScalar($"tag {value}", value);
        });
        Assert.Equal(step, Only().Step);
        Assert.Equal(Enumerable.Range(0, count).Select(value => KeyValuePair.Create($"tag {value}", (float)value)), Only().Scalars);
    }

    /// <summary>A training that goes on at once, one whose clock was set back, and a later one.</summary>
    [Fact]
    public void A_later_file_comes_after_the_earlier_ones_whatever_the_clock_says()
    {
        foreach (var (seconds, step) in new[] { (2_000_000_000.0, 1L), (2_000_000_000.0, 2), (1_000_000_000.0, 3), (2_000_000_500.0, 4) })
            EventFile.Create(_folder.Path, step, new SetTime(seconds)).Dispose();
        Assert.Equal([1, 2, 3, 4], EventFileReader.Files(_folder.Path).Select(path => EventFileReader.Read(path)[1].Step));
    }

    [Fact]
    public void What_was_flushed_is_there_while_the_file_is_open()
    {
        using var file = EventFile.Create(_folder.Path);
        using var summary = new Summary();
        summary.AddScalar("loss", 0.5);
        file.Add(12, summary);
        Assert.Empty(EventFileReader.Kept(_folder.Path));
        file.Flush();
        Assert.Equal(12, Only().Step);
    }

    private RecordedEvent Only() => Assert.Single(EventFileReader.Kept(_folder.Path));

    private void Write(long step, Action<Summary> fill)
    {
        using var file = EventFile.Create(_folder.Path);
        using var summary = new Summary();
        fill(summary);
        file.Add(step, summary);
        file.Flush();
    }

    private sealed class SetTime(double seconds) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddSeconds(seconds);
    }
}
