using System.Runtime.InteropServices;
using GradTorch.Analysis;
using GradTorch.Runs;
using Microsoft.Data.Sqlite;

namespace GradTorch.Studies;

/// <summary>What ended a run before its time, told so that its user can go on.</summary>
internal static class RunFailure
{
    /// <summary>What stands in libtorch's message of memory that ran out, of the device or of the host.</summary>
    private static readonly string[] OutOfMemory = ["out of memory", "can't allocate memory"];

    /// <returns>Of a full disk, a file that can't be written and memory that ran out a <see cref="RunException"/> with what is saved and the
    /// command that goes on; else the exception itself.</returns>
    public static Exception Of(Exception exception, RunDirectory directory)
    {
        var cause = exception switch
        {
            SqliteException => $"{directory.DatabaseFile} can't be written: {exception.Message}",
            IOException or UnauthorizedAccessException => exception.Message,
            OutOfMemoryException => "the memory does not suffice",
            ExternalException when OutOfMemory.Any(text => exception.Message.Contains(text, StringComparison.OrdinalIgnoreCase)) =>
                "the memory does not suffice: " + exception.Message.Split('\n')[0],
            _ => null,
        };
        if (cause is null) return exception;
        var saved = directory.Checkpoints.Steps is [var step, ..]
            ? FormattableString.Invariant($"All up to step {step} is saved") : "It has no checkpoint yet and will start anew";
        return new RunException($"{cause.TrimEnd('.')}. {saved}; once that is mended, gradtorch resume {directory.Path} goes on.", exception);
    }

    /// <summary>Writes the end of the run, as far as that can still be written.</summary>
    public static void Record(Exception failure, Exception cause, RunHeartbeat heartbeat, RunLog log, RunDirectory directory)
    {
        Attempt(() => log.Write($"failed: {cause}"));
        Attempt(() => heartbeat.End(RunExit.Failed, steps: null, ResultOf(directory), failure.Message));
    }

    private static void Attempt(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The disk is full, and that is told already.
        }
    }

    /// <summary>Null where the database is what failed.</summary>
    private static RunResult? ResultOf(RunDirectory directory)
    {
        try
        {
            return RunSummary.Read(directory).Result;
        }
        catch (RunException)
        {
            return null;
        }
    }
}
