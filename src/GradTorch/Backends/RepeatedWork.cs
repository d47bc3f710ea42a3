namespace GradTorch.Backends;

/// <summary>Work on a device that is done again and again: always the same, with the same tensors. What they hold may change; nothing
/// in it is decided by the host.</summary>
public class RepeatedWork(Action work) : IDisposable
{
    /// <summary>Why it goes a slower way than the backend knows; null where it does not.</summary>
    public string? Refusal { get; protected set; }

    public virtual void Do() => work();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
