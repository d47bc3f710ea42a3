using GradTorch.Quantities;

namespace GradTorch.Runs;

/// <summary>A row of table layer_gradient: what was recorded of a member's hidden layer at a step.</summary>
/// <param name="Step">From 0.</param>
/// <param name="Member">From 0.</param>
/// <param name="Layer">From 1, the first hidden layer.</param>
/// <param name="LayerName">The model's name for it.</param>
/// <param name="Quantities">All quantities, in the order of <see cref="LayerQuantities.All"/>.</param>
public sealed record LayerGradientRow(
    long Step, int Member, int Layer, string LayerName, IReadOnlyList<double> Quantities)
{
    public double this[LayerQuantity quantity] => Quantities[(int)quantity];
}
