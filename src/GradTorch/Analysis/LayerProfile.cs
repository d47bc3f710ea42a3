using GradTorch.Quantities;
using GradTorch.Runs;

namespace GradTorch.Analysis;

/// <summary>How the layers of a run stood at its first and at its last record of gradients. Each number is the median over
/// the members that were recorded at that step; members that had diverged by then are not.</summary>
/// <param name="Layers">From the hidden or recurrent layer next to the input to the output layer, which is last.</param>
public sealed record LayerProfile(long FirstStep, long LastStep, IReadOnlyList<LayerChange> Layers)
{
    /// <summary>The hidden layer next to the input.</summary>
    public LayerChange FirstHidden => Layers[0];

    /// <summary>The hidden layer next to the output layer.</summary>
    public LayerChange LastHidden => Layers[Math.Max(0, Layers.Count - 2)];

    /// <summary>The hidden layer next to the input by the one next to the output, at the first and at the last record:
    /// far below 1 where gradients vanish on their way, far above where they explode. Null where these are one layer.
    /// </summary>
    public (double First, double Last)? HiddenRatio(LayerQuantity quantity)
    {
        if (FirstHidden == LastHidden) return null;
        var index = (int)quantity;
        return (FirstHidden.First[index] / LastHidden.First[index], FirstHidden.Last[index] / LastHidden.Last[index]);
    }

    /// <summary>The profile of some members; of a layer that none of them has a record of, all numbers are NaN.</summary>
    internal static LayerProfile Of(LayerRecords records, IReadOnlyList<int> members)
    {
        var layers = records.First.SelectMany(member => member).Select(row => (row.Layer, row.LayerName)).Distinct().Order();
        return new LayerProfile(
            records.FirstStep, records.LastStep,
            [
                .. layers.Select(layer => new LayerChange(
                    layer.Layer, layer.LayerName, Medians(records.First, members, layer.Layer),
                    Medians(records.Last, members, layer.Layer))),
            ]);
    }

    private static double[] Medians(ILookup<int, LayerGradientRow> record, IReadOnlyList<int> members, int layer)
    {
        var rows = members.SelectMany(member => record[member]).Where(row => row.Layer == layer).ToList();
        return [.. LayerQuantities.All.Select(quantity => Median.Of(rows.Select(row => row[quantity])))];
    }
}

/// <summary>A layer at the first and at the last record.</summary>
/// <param name="Layer">From 1.</param>
/// <param name="First">All quantities, in the order of <see cref="LayerQuantities.All"/>.</param>
/// <param name="Last">The same of the last record.</param>
public sealed record LayerChange(int Layer, string Name, IReadOnlyList<double> First, IReadOnlyList<double> Last)
{
    /// <summary>Last by first; NaN of 0 by 0.</summary>
    public double Ratio(LayerQuantity quantity) => Last[(int)quantity] / First[(int)quantity];
}
