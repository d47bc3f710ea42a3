using System.Text;
using GradTorch.Runs;

namespace GradTorch.Tests.Runs;

public sealed class RunLogTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Each_line_has_the_time_in_utc_and_is_in_the_file_at_once()
    {
        using var culture = new CommaDecimal();
        using var log = new RunLog(folder.File("log.txt"), new NoonInBerlin());
        log.Write("started");
        Assert.Equal("2026-01-31T11:00:00.250Z started\n", ReadShared());
        log.Write("two\r\nlines – ∂L/∂z");
        Assert.Equal(
            "2026-01-31T11:00:00.250Z started\n2026-01-31T11:00:00.250Z two\n2026-01-31T11:00:00.250Z lines – ∂L/∂z\n",
            ReadShared());
    }

    [Fact]
    public void A_log_goes_on_where_it_ended()
    {
        for (var i = 0; i < 2; i++)
        {
            using var log = new RunLog(folder.File("log.txt"), new NoonInBerlin());
            log.Write($"part {i}");
        }

        Assert.Equal(2, File.ReadAllLines(folder.File("log.txt")).Length);
    }

    [Fact]
    public void Lines_of_several_threads_stay_whole()
    {
        using (var log = new RunLog(folder.File("log.txt"), new NoonInBerlin()))
        {
            Parallel.For(0, 200, i => log.Write($"line {i} end"));
        }

        var expected = Enumerable.Range(0, 200).Select(i => $"2026-01-31T11:00:00.250Z line {i} end");
        Assert.Equal(expected.Order(), File.ReadAllLines(folder.File("log.txt")).Order());
    }

    private string ReadShared()
    {
        using var file = new FileStream(folder.File("log.txt"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private sealed class NoonInBerlin : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 31, 12, 0, 0, 250, TimeSpan.FromHours(1));
    }
}
