using System.Globalization;
using System.Text;

namespace GradTorch.Runs;

/// <summary>
/// The log of a run: lines that start with the time in UTC, <c>2026-01-31T12:34:56.789Z text</c>. Each is in the file when
/// <see cref="Write"/> returns. Can be used from several threads.
/// </summary>
public sealed class RunLog : IDisposable
{
    private readonly FileStream file;
    private readonly TimeProvider time;
    private readonly Lock gate = new();

    /// <summary>Opens a log to write on at its end; creates it if there is none.</summary>
    public RunLog(string path, TimeProvider? time = null)
    {
        // Without a buffer each line is one write to the operating system, which a kill can't tear or lose.
        file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        this.time = time ?? TimeProvider.System;
    }

    /// <summary>Appends a message; of several lines each gets the time.</summary>
    public void Write(string message)
    {
        var now = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        var lines = new StringBuilder();
        foreach (var line in message.AsSpan().EnumerateLines())
        {
            lines.Append(now).Append(' ').Append(line).Append('\n');
        }

        lock (gate)
        {
            file.Write(Encoding.UTF8.GetBytes(lines.ToString()));
        }
    }

    public void Dispose() => file.Dispose();
}
