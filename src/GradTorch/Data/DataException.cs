namespace GradTorch.Data;

/// <summary>Data that can't be used. The message says what was found in which file, what is allowed and what to do.</summary>
public sealed class DataException : Exception
{
    public DataException(string message)
        : base(message)
    {
    }

    public DataException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
