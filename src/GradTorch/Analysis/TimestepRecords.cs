using GradTorch.Runs;

namespace GradTorch.Analysis;

/// <summary>What the first and the last record of gradients of a run say of its timesteps, as they stand in its database.
/// </summary>
/// <param name="First">A row for each member, recurrent layer and timestep.</param>
/// <param name="Last">The same of the last record; members that had diverged by then are missing.</param>
internal sealed record TimestepRecords(
    ILookup<int, TimestepGradientRow> First, ILookup<int, TimestepGradientRow> Last)
{
    /// <summary>Reads these two records and none between.</summary>
    /// <returns>Null for a network without time.</returns>
    public static TimestepRecords? Read(RunDatabaseReader database, long firstStep, long lastStep)
    {
        ILookup<int, TimestepGradientRow> At(long step) =>
            database.TimestepGradientsAt(step).ToLookup(row => row.Member);
        var first = At(firstStep);
        return first.Count == 0 ? null : new TimestepRecords(first, At(lastStep));
    }
}
