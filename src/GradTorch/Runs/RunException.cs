namespace GradTorch.Runs;

/// <summary>
/// A run directory that can't be made, written or read. The message says what was found, what is allowed and what to do.
/// </summary>
public sealed class RunException : Exception
{
    public RunException(string message)
        : base(message)
    {
    }

    public RunException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
