using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text.RegularExpressions;

namespace TorchSharp.Interop;

/// <summary>Exceptions that user code threw inside a callback from C++. They can't travel through C++ frames: the
/// callback keeps them here under a number, the number travels in the C++ message, and the caller of backward gets the
/// original exception back.</summary>
internal static partial class CallbackExceptions
{
    private static readonly ConcurrentDictionary<int, ExceptionDispatchInfo> Kept = new();
    private static int _last;

    [GeneratedRegex(@"managed exception #(\d+)")]
    private static partial Regex Number();

    internal static int Keep(Exception exception)
    {
        var number = Interlocked.Increment(ref _last);
        Kept[number] = ExceptionDispatchInfo.Capture(exception);
        return number;
    }

    internal static Exception? Take(string message)
    {
        var match = Number().Match(message);
        if (!match.Success) return null;
        var number = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        return Kept.TryRemove(number, out var kept) ? kept.SourceException : null;
    }
}
