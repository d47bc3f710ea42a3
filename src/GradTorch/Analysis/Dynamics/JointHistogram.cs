using GradTorch.Quantities;
using GradTorch.Runs;

namespace GradTorch.Analysis.Dynamics;

/// <summary>Elements of a layer by what they are and by the size of their gradient, all members together.</summary>
/// <param name="Layer">From 1.</param>
/// <param name="Counts">By bin of x, then by bin of the gradient.</param>
public sealed record JointHistogram(int Layer, JointGrid Grid, IReadOnlyList<IReadOnlyList<long>> Counts)
{
    /// <summary>Of each layer and pair, in order; none where they were not measured.</summary>
    /// <param name="step">Of one record; null for all records together.</param>
    internal static IReadOnlyList<JointHistogram> Read(RunDatabaseReader database, IReadOnlyCollection<int> members, long? step)
    {
        var rows = step is { } one ? database.JointCounts(one - 1).TakeWhile(row => row.Step == one) : database.JointCounts();
        var cells = new Dictionary<(int Layer, string Pair), long[][]>();
        foreach (var row in rows.Where(row => members.Contains(row.Member)))
        {
            if (!cells.TryGetValue((row.Layer, row.Pair), out var counts))
                cells.Add((row.Layer, row.Pair), counts = [.. Enumerable.Range(0, JointGrid.CountX).Select(_ => new long[JointGrid.CountGradients])]);
            counts[row.X][row.Gradient] += row.Count;
        }
        return
        [
            .. from grid in JointGrid.All
            from layer in cells.Where(own => own.Key.Pair == grid.Name)
            orderby layer.Key.Layer
            select new JointHistogram(layer.Key.Layer, grid, layer.Value),
        ];
    }
}
