using GradTorch.Quantities;
using GradTorch.Runs;

namespace GradTorch.Analysis;

/// <summary>How the timesteps of a run's recurrent layers stood at its first and at its last record of gradients. Each number
/// is the median over the members that were recorded at that step; members that had diverged by then are not.</summary>
/// <param name="Layers">The recurrent layers, from the input on.</param>
public sealed record TimestepProfile(IReadOnlyList<RecurrentLayerProfile> Layers)
{
    /// <summary>The recurrent layer next to the output layer: what comes to its timesteps comes from the loss or through
    /// time, not through another layer.</summary>
    public RecurrentLayerProfile NextToOutput => Layers[^1];

    /// <summary>The profile of some members; of a timestep that none of them has a record of, all numbers are NaN.</summary>
    /// <param name="names">Of the layers, recurrent ones first.</param>
    internal static TimestepProfile Of(TimestepRecords records, IReadOnlyList<int> members, IReadOnlyList<string> names)
    {
        var (first, last) = (Rows(records.First, members), Rows(records.Last, members));
        var places = records.First.First().Select(row => (row.Layer, row.Timestep));
        return new TimestepProfile(
        [
            .. places.GroupBy(place => place.Layer).Select(layer => new RecurrentLayerProfile(
                layer.Key, names[layer.Key - 1],
                [
                    .. layer.Select(place =>
                        new TimestepChange(place.Timestep, Medians(first[place]), Medians(last[place]))),
                ])),
        ]);
    }

    private static ILookup<(int Layer, int Timestep), TimestepGradientRow> Rows(
        ILookup<int, TimestepGradientRow> record, IReadOnlyList<int> members) =>
        members.SelectMany(member => record[member]).ToLookup(row => (row.Layer, row.Timestep));

    private static double[] Medians(IEnumerable<TimestepGradientRow> rows) =>
        [.. TimestepQuantities.All.Select(quantity => Median.Of(rows.Select(row => row[quantity])))];
}

/// <summary>A recurrent layer at the first and at the last record.</summary>
/// <param name="Layer">From 1, the layer next to the input.</param>
/// <param name="Timesteps">All of them, in order.</param>
public sealed record RecurrentLayerProfile(int Layer, string Name, IReadOnlyList<TimestepChange> Timesteps)
{
    /// <summary>The first timestep by the last, at the first and at the last record: far below 1 where gradients vanish on
    /// their way back through time, far above where they explode. NaN of 0 by 0.</summary>
    public (double First, double Last) TimeRatio(TimestepQuantity quantity)
    {
        var (index, start, end) = ((int)quantity, Timesteps[0], Timesteps[^1]);
        return (start.First[index] / end.First[index], start.Last[index] / end.Last[index]);
    }
}

/// <summary>A timestep at the first and at the last record.</summary>
/// <param name="Timestep">From 1.</param>
/// <param name="First">All quantities, in the order of <see cref="TimestepQuantities.All"/>.</param>
/// <param name="Last">The same of the last record.</param>
public sealed record TimestepChange(int Timestep, IReadOnlyList<double> First, IReadOnlyList<double> Last);
