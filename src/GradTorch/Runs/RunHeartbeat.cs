namespace GradTorch.Runs;

/// <summary>
/// Says in the manifest of a run, as long as it goes on, that it does and how far it is, and at last how it ended. Writes on a timer's thread,
/// so that nothing waits for it; the end is the last that is ever written.
/// </summary>
public sealed class RunHeartbeat : IDisposable
{
    /// <summary>Between two writings.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly RunDirectory _directory;
    private readonly RunManifest _manifest;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private long _lastStep = -1;
    private bool _ended;

    /// <param name="manifest">That of the start, which is in the directory.</param>
    /// <param name="interval">Another than <see cref="Interval"/>.</param>
    public RunHeartbeat(RunDirectory directory, RunManifest manifest, TimeSpan? interval = null, TimeProvider? time = null)
    {
        (_directory, _manifest, _time) = (directory, manifest, time ?? TimeProvider.System);
        var period = interval ?? Interval;
        _timer = _time.CreateTimer(_ => Beat(), null, period, period);
    }

    /// <summary>Up to which step the database has all; null before its first record.</summary>
    public long? LastStep => Volatile.Read(ref _lastStep) is >= 0 and var step ? step : null;

    /// <summary>The database has what was recorded up to a step.</summary>
    public void Recorded(long step) => Volatile.Write(ref _lastStep, Math.Max(step, Volatile.Read(ref _lastStep)));

    /// <summary>Writes how the run ended; nothing is written after it.</summary>
    /// <param name="steps">Updates done; null for those of the last record.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    public void End(RunExit exit, long? steps, RunResult? result, string? error = null)
    {
        lock (_gate)
        {
            _ended = true;
            _directory.WriteManifest(_manifest.Ended(exit, _time.GetUtcNow(), error) with { Steps = steps ?? LastStep, Result = result });
        }
    }

    public void Dispose()
    {
        lock (_gate) _ended = true;
        _timer.Dispose();
    }

    /// <summary>A disk that is full or away for a moment is no reason to stop a run: the next beat tries again.</summary>
    private void Beat()
    {
        lock (_gate)
        {
            if (_ended) return;
            try
            {
                _directory.WriteManifest(_manifest with { Heartbeat = _time.GetUtcNow(), Steps = LastStep });
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
            }
        }
    }
}
