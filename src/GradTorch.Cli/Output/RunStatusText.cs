using GradTorch.Runs;

namespace GradTorch.Cli.Output;

/// <summary>What became of a run, as people read it.</summary>
internal static class RunStatusText
{
    /// <summary>What follows the name of a run that did not finish, with the command that goes on.</summary>
    /// <param name="folder">That of the run, as a command takes it.</param>
    /// <param name="lastStep">Recorded; null if nothing was.</param>
    /// <param name="error">What made it fail.</param>
    public static string Sentence(RunStatus status, string folder, long? lastStep, string? error)
    {
        var recorded = lastStep is { } step ? $"the last step recorded is {NumberText.Count(step)}" : "nothing of it was recorded";
        return status switch
        {
            RunStatus.Running => $"goes on; {recorded}",
            RunStatus.Died => $"died, its process is gone; {recorded}; to go on: gradtorch resume {folder}",
            RunStatus.Unknown => $"runs or died, which its manifest of an earlier version does not tell; {recorded}",
            // What a full disk or memory ended says itself how to go on.
            RunStatus.Failed => $"failed: {error}; {recorded}",
            _ => $"was {status.Name()}; {recorded}; to go on: gradtorch resume {folder}",
        };
    }
}
