using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace GradTorch.Runs;

/// <summary>The process that does a run.</summary>
/// <param name="Host">The name of its machine.</param>
/// <param name="Id">Its number there, which another process gets some time after its end.</param>
/// <param name="Started">When it started, as the machine counts it, which tells it from others of that number: clock ticks since the boot
/// on Linux, which no change of the clock moves, else .NET's ticks in UTC. Null where the machine does not tell.</param>
public sealed record RunProcess(string Host, int Id, long? Started)
{
    /// <summary>Where the start stands in /proc/ID/stat, counted from the state that follows the command's name (proc(5)).</summary>
    private const int StartField = 19;

    private const string OwnStat = "/proc/self/stat";

    /// <summary>This one.</summary>
    public static RunProcess Current { get; } = new(Environment.MachineName, Environment.ProcessId, StartOf(Environment.ProcessId));

    /// <summary>Whether it is still there; null where that can't be told, above all from another machine.</summary>
    public bool? IsAlive() => Host != Environment.MachineName || Started is null || !CanTell ? null : StartOf(Id) == Started;

    private static bool CanTell => !OperatingSystem.IsLinux() || File.Exists(OwnStat);

    /// <summary>Null of a process that is not there, or was killed and waits for its parent to hear of it.</summary>
    private static long? StartOf(int id) => OperatingSystem.IsLinux() ? StartOnLinux(id) : StartElsewhere(id);

    private static long? StartOnLinux(int id)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            // The command's name, in parentheses, may have spaces and parentheses in it.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : long.Parse(fields[StartField], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long? StartElsewhere(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.StartTime.ToUniversalTime().Ticks;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }
}
