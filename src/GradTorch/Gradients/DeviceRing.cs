using static TorchSharp.torch;

namespace GradTorch.Gradients;

/// <summary>Rows of one shape, collected in a preallocated float64 tensor on the device and brought to the host together.
/// </summary>
public sealed class DeviceRing : IDisposable
{
    private readonly Tensor _rows;
    private readonly long[] _steps;
    private int _count;

    public DeviceRing(int capacity, long[] rowShape, Device device)
    {
        _rows = zeros([capacity, .. rowShape], float64, device).DetachFromDisposeScope();
        _steps = new long[capacity];
    }

    public bool IsFull => _count == _steps.Length;

    public bool IsEmpty => _count == 0;

    /// <exception cref="InvalidOperationException">The ring is full: it must be drained first.</exception>
    public void Add(long step, Tensor row)
    {
        if (IsFull) throw new InvalidOperationException("the ring is full");
        using var place = _rows.select(0, _count);
        place.copy_(row);
        _steps[_count++] = step;
    }

    /// <summary>Takes everything to the host and empties the ring.</summary>
    public (long[] Steps, double[] Values) Drain()
    {
        using var used = _rows.narrow(0, 0, _count);
        var drained = (_steps[.._count], HostCopy.Doubles(used));
        _count = 0;
        return drained;
    }

    public void Dispose() => _rows.Dispose();
}
