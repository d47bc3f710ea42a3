using GradTorch.Quantities;

namespace GradTorch.Cli.Output;

/// <summary>The quantities of a timestep under the names they have in the run database.</summary>
internal static class TimestepColumns
{
    /// <param name="quantities">In the order of <see cref="TimestepQuantities.All"/>.</param>
    public static OrderedDictionary<string, object?> Of(IReadOnlyList<double> quantities)
    {
        var columns = new OrderedDictionary<string, object?>();
        foreach (var quantity in TimestepQuantities.All)
        {
            var value = quantities[(int)quantity];
            columns.Add(
                TimestepQuantities.Columns[(int)quantity],
                quantity == TimestepQuantity.Nonfinite && double.IsFinite(value) ? (long)value : value);
        }
        return columns;
    }
}
