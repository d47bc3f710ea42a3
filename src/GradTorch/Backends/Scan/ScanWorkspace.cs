namespace GradTorch.Backends.Scan;

/// <summary>Memory that a backend keeps for one layer between its scans: fresh pages at every step cost more than what is
/// computed in them. A scan whose predecessor's graph or output is still alive gets memory of its own. Not for several threads
/// at once.</summary>
public sealed class ScanWorkspace : IDisposable
{
    private IDisposable? _memory;

    public void Dispose()
    {
        _memory?.Dispose();
        _memory = null;
    }

    /// <summary>The backend's own kind of memory, made at first use.</summary>
    internal T Memory<T>() where T : class, IDisposable, new()
    {
        if (_memory is T memory) return memory;
        Dispose();
        memory = new T();
        _memory = memory;
        return memory;
    }
}
