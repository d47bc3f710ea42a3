namespace GradTorch.Studies;

/// <summary>Somebody's wish for a checkpoint after the step under way; may be raised on any thread, also by a signal's handler.</summary>
public sealed class CheckpointRequest
{
    private int _raised;

    public void Raise() => Interlocked.Exchange(ref _raised, 1);

    /// <returns>Whether it was raised since it was asked last.</returns>
    internal bool Take() => Interlocked.Exchange(ref _raised, 0) == 1;
}
