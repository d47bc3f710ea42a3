namespace GradTorch.Cli;

/// <summary>What the process tells its caller.</summary>
internal enum ExitCode
{
    /// <summary>Done, also when members of a run diverged: that is a result.</summary>
    Done = 0,

    /// <summary>It could not be done, and not for what the user wrote.</summary>
    Failed = 1,

    /// <summary>Arguments, configuration or data that can't be used.</summary>
    BadInput = 2,

    /// <summary>Stopped by the user, with everything up to there saved.</summary>
    Interrupted = 130,

    /// <summary>Stopped by SIGTERM or SIGHUP, with everything up to there saved.</summary>
    Terminated = 143,
}
