using static TorchSharp.torch;

namespace GradTorch.Training;

/// <summary>The learning rates of the step at hand, in a tensor on the device. Nothing is read back, and only a rate that
/// changes is written.</summary>
public sealed class LearningRates : IDisposable
{
    private readonly Schedule _schedule;
    private readonly double[] _now;

    public LearningRates(Schedule schedule, Device device)
    {
        _schedule = schedule;
        _now = [.. schedule.Rates];
        Values = tensor(_now, float64, device).DetachFromDisposeScope();
    }

    /// <summary>float64 (S).</summary>
    public Tensor Values { get; }

    /// <summary>Sets the rates of a step.</summary>
    /// <returns>Whether any of them is another than before.</returns>
    public bool Set(long step)
    {
        var changed = false;
        for (var member = 0; member < _now.Length; member++)
        {
            var rate = _schedule.RateAt(member, step);
            changed |= rate != _now[member];
            _now[member] = rate;
        }
        if (!changed) return false;
        using var host = tensor(_now, float64);
        // A copy of a few numbers that the host goes on from at once: the device has its own before this returns.
        Values.copy_(host, nonBlocking: true);
        return true;
    }

    public void Dispose() => Values.Dispose();
}
