using GradTorch.Runs;

namespace GradTorch.Analysis;

/// <summary>The first and the last record of gradients of a run, as they stand in its database.</summary>
/// <param name="First">A row for each member and layer.</param>
/// <param name="Last">The same of the last record; members that had diverged by then are missing.</param>
internal sealed record LayerRecords(
    long FirstStep, long LastStep, ILookup<int, LayerGradientRow> First, ILookup<int, LayerGradientRow> Last)
{
    /// <returns>Null if no gradients were recorded.</returns>
    public static LayerRecords? Read(RunDatabaseReader database)
    {
        if (database.GradientSteps() is not var (first, last)) return null;
        ILookup<int, LayerGradientRow> At(long step) =>
            database.LayerGradientsAt(step).ToLookup(row => row.Member);
        return new LayerRecords(first, last, At(first), At(last));
    }
}
