using System.Globalization;

namespace GradTorch.Data;

/// <summary>What is wrong with a file, line by line, so that a user can mend it all at once.</summary>
/// <param name="path">The file as it was given.</param>
internal sealed class Complaints(string path)
{
    /// <summary>More are counted and not told: they are usually of one kind.</summary>
    private const int MostTold = 20;

    private readonly List<string> _told = [];
    private long _count;

    /// <param name="message">What was found, what is allowed, what to do.</param>
    public void Add(int line, string message)
    {
        if (_count++ < MostTold) _told.Add(string.Create(CultureInfo.InvariantCulture, $"{path}:{line}: {message}"));
    }

    /// <exception cref="DataException">There is a complaint; its message has a line for each.</exception>
    public void ThrowIfAny()
    {
        if (_count == 0) return;
        var rest = _count - _told.Count;
        var more = rest == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\n{path}: and {rest} more of such");
        throw new DataException(string.Join('\n', _told) + more);
    }
}
