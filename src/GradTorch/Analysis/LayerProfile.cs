using GradTorch.Gradients;
using GradTorch.Runs;

namespace GradTorch.Analysis;

/// <summary>How the layers of a run stood at its first and at its last record of gradients. Each number is the median over
/// the members that were recorded at that step; members that had diverged by then are not.</summary>
/// <param name="Layers">From the first hidden layer to the output layer, which is last.</param>
public sealed record LayerProfile(long FirstStep, long LastStep, IReadOnlyList<LayerChange> Layers)
{
    /// <summary>The hidden layer next to the input.</summary>
    public LayerChange FirstHidden => Layers[0];

    /// <summary>The hidden layer next to the output layer.</summary>
    public LayerChange LastHidden => Layers[Math.Max(0, Layers.Count - 2)];

    /// <summary>The hidden layer next to the input by the one next to the output, at the first and at the last record:
    /// far below 1 where gradients vanish on their way, far above where they explode.</summary>
    public (double First, double Last) HiddenRatio(LayerQuantity quantity)
    {
        var index = (int)quantity;
        return (FirstHidden.First[index] / LastHidden.First[index], FirstHidden.Last[index] / LastHidden.Last[index]);
    }

    /// <returns>Null if no gradients were recorded.</returns>
    public static LayerProfile? Read(RunDatabaseReader database)
    {
        if (database.GradientSteps() is not var (firstStep, lastStep)) return null;
        var (first, last) = (Medians(database, firstStep), Medians(database, lastStep));
        return new LayerProfile(
            firstStep, lastStep,
            [.. first.Select((layer, index) => new LayerChange(layer.Layer, layer.Name, layer.Values, last[index].Values))]);
    }

    private static List<(int Layer, string Name, double[] Values)> Medians(RunDatabaseReader database, long step) =>
    [
        .. database.LayerGradients(step - 1).TakeWhile(row => row.Step == step)
            .GroupBy(row => (row.Layer, row.LayerName))
            .OrderBy(layer => layer.Key.Layer)
            .Select(layer => (layer.Key.Layer, layer.Key.LayerName,
                LayerQuantities.All.Select(quantity => Median.Of(layer.Select(row => row[quantity]))).ToArray())),
    ];
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
