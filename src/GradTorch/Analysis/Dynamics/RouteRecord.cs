using GradTorch.Analysis.Verdicts;
using GradTorch.Quantities;
using GradTorch.Runs;

namespace GradTorch.Analysis.Dynamics;

/// <summary>What was recorded of a member at a step along the way of its gradient.</summary>
/// <param name="Quantities">Of each place, from the input or from the first timestep on.</param>
public sealed record RouteRecord(long Step, int Member, IReadOnlyList<IReadOnlyList<double>> Quantities)
{
    /// <summary>Every record, one after the other as they stand in the database.</summary>
    internal static IEnumerable<RouteRecord> Read(RunDatabaseReader database, GradientRoute route)
    {
        var rows = route.RecurrentLayer is { } layer
            ? database.TimestepGradients().Where(row => row.Layer == layer).Select(row => (row.Step, row.Member, row.Quantities))
            : database.LayerGradients().Where(row => row.Layer <= route.Places.Count).Select(row => (row.Step, row.Member, row.Quantities));
        return rows.Chunk(route.Places.Count).Select(record => record.All(row => row.Step == record[0].Step && row.Member == record[0].Member) && record.Length == route.Places.Count
            ? new RouteRecord(record[0].Step, record[0].Member, [.. record.Select(row => row.Quantities)])
            : throw new FormatException($"At step {record[0].Step} member {record[0].Member} has not all of its rows."));
    }

    internal GradientState[] States(GradientRoute route, double vanishing)
    {
        var (preactivation, incoming) = route.RecurrentLayer is null
            ? ((int)LayerQuantity.PreactivationGradient, (int)LayerQuantity.ActivationGradient)
            : ((int)TimestepQuantity.PreactivationGradient, (int)TimestepQuantity.HiddenGradient);
        return GradientStates.Of([.. Quantities.Select(place => place[preactivation])], [.. Quantities.Select(place => place[incoming])], vanishing);
    }
}
