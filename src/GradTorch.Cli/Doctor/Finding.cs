namespace GradTorch.Cli.Doctor;

/// <summary>How well something stands.</summary>
internal enum Health
{
    Ok,

    /// <summary>It works, but could be better.</summary>
    Warning,

    /// <summary>Without it nothing can be trained.</summary>
    Missing,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Found">What it is.</param>
/// <param name="Advice">How to get what is missing or better; null where nothing is to be done.</param>
internal sealed record Finding(string Topic, Health Health, string Found, string? Advice = null)
{
    public static Finding Ok(string topic, string found) => new(topic, Health.Ok, found);

    /// <summary>Looks, and reports a failure instead of letting it end the examination.</summary>
    public static Finding Try(string topic, string advice, Func<Finding> look)
    {
        try
        {
            return look();
        }
        catch (Exception exception)
        {
            while (exception is TypeInitializationException { InnerException: { } inner }) exception = inner;
            return new Finding(topic, Health.Missing, exception.Message, advice);
        }
    }
}
