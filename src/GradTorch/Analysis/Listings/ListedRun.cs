using GradTorch.Runs;

namespace GradTorch.Analysis.Listings;

/// <summary>A run with what became of it.</summary>
/// <param name="Steps">Updates done; of a run that has not ended, or failed, up to its last record. Null before the first.</param>
public sealed record ListedRun(RunDirectory Directory, RunManifest Manifest, RunStatus Status, long? Steps, RunResult Result)
{
    private RunConfig? _config;

    /// <summary>Read when it is first asked for.</summary>
    /// <exception cref="RunException">It can't be read.</exception>
    public RunConfig Config => _config ??= Directory.ReadConfig();

    /// <summary>How long it trained: to its end, or to now, or to the last sign of life of one that died; null where that is not known.</summary>
    public required TimeSpan? Elapsed { get; init; }

    /// <summary>Reads the manifest, and the database only where the manifest does not say what came of the run: while it goes on, when it
    /// died, and in those of before.</summary>
    /// <exception cref="RunException">There is no manifest or no database, or they can't be read.</exception>
    public static ListedRun Read(RunDirectory directory, DateTimeOffset now)
    {
        var (manifest, status) = directory.ReadStatus(now);
        if (!File.Exists(directory.DatabaseFile)) throw new RunException($"{directory.DatabaseFile} does not exist. Give a run directory with its run.db.");
        var summary = manifest.Result is null ? RunSummary.Read(directory) : null;
        var end = status == RunStatus.Running ? now : manifest.End ?? manifest.Heartbeat;
        return new ListedRun(
            directory, manifest, status, summary is null ? manifest.Steps : summary.LastStep, manifest.Result ?? summary!.Result)
        {
            Elapsed = end is { } time ? manifest.ElapsedAt(time) : null,
        };
    }
}
