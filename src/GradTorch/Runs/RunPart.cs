namespace GradTorch.Runs;

/// <summary>What was done of a run in one go, before it was gone on with.</summary>
/// <param name="End">Its end or, of a part that was killed, its last sign of life; null if there was none.</param>
/// <param name="State">What became of it.</param>
/// <param name="FirstStep">Updates that were done when it began.</param>
/// <param name="Steps">Updates done at its end; of a part that was killed or failed, up to its last record. What followed its last checkpoint was done
/// anew in the part after it.</param>
/// <param name="PlannedSteps">Updates that were to be done in all.</param>
/// <param name="TorchSource">As <see cref="RunManifest"/> has it, like those that follow.</param>
public sealed record RunPart(
    DateTimeOffset Start, DateTimeOffset? End, RunStatus State, long FirstStep, long? Steps, long? PlannedSteps, string Version,
    string Commit, string TorchSource, string LibtorchVersion, string Device, int Threads, RunProcess? Process)
{
    /// <summary>The part that a manifest is of.</summary>
    public static RunPart Of(RunManifest manifest, RunStatus state) => new(
        manifest.Resumed?.Time ?? manifest.Start, manifest.End ?? manifest.Heartbeat, state, manifest.Resumed?.Step ?? 0, manifest.Steps,
        manifest.PlannedSteps, manifest.Version, manifest.Commit, manifest.TorchSource, manifest.LibtorchVersion, manifest.Device,
        manifest.Threads, manifest.Process);
}

/// <summary>Where a run was gone on with.</summary>
/// <param name="Step">Updates that were done: those of its checkpoint, 0 without one.</param>
public sealed record RunResumption(DateTimeOffset Time, long Step);
