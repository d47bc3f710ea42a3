namespace GradTorch.Runs;

/// <summary>What became of a run.</summary>
public enum RunStatus
{
    /// <summary>Its process is there.</summary>
    Running,

    Finished,

    Interrupted,

    Failed,

    /// <summary>It did not come to an end, and its process is gone: killed, or the machine was switched off.</summary>
    Died,

    /// <summary>It runs or died: its manifest is of a version that did not write which process it was.</summary>
    Unknown,
}

/// <summary>States of runs, from their manifests.</summary>
public static class RunStatuses
{
    /// <summary>How old the heartbeat of a run gets that goes on where its process can't be seen, such as on another machine; it is written
    /// every <see cref="RunHeartbeat.Interval"/>, and clocks differ.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(2);

    public static RunStatus Of(RunManifest manifest, DateTimeOffset now) => manifest switch
    {
        { Exit: RunExit.Finished } => RunStatus.Finished,
        { Exit: RunExit.Interrupted } => RunStatus.Interrupted,
        { Exit: RunExit.Failed } => RunStatus.Failed,
        { Process: { } process, Heartbeat: { } heartbeat } =>
            process.IsAlive() ?? now - heartbeat <= LongestSilence ? RunStatus.Running : RunStatus.Died,
        _ => RunStatus.Unknown,
    };

    /// <summary>As it is written.</summary>
    public static string Name(this RunStatus status) => status.ToString().ToLowerInvariant();
}
