using GradTorch.Quantities;

namespace GradTorch.Cli.Output;

/// <summary>The quantities of a layer under the names they have in the run database.</summary>
internal static class LayerColumns
{
    /// <param name="quantities">In the order of <see cref="LayerQuantities.All"/>.</param>
    public static OrderedDictionary<string, object?> Of(IReadOnlyList<double> quantities)
    {
        var columns = new OrderedDictionary<string, object?>();
        foreach (var quantity in LayerQuantities.All)
        {
            var value = quantities[(int)quantity];
            columns.Add(
                LayerQuantities.Columns[(int)quantity],
                quantity == LayerQuantity.Nonfinite && double.IsFinite(value) ? (long)value : value);
        }
        return columns;
    }
}
