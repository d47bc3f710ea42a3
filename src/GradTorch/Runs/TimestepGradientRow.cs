using GradTorch.Quantities;

namespace GradTorch.Runs;

/// <summary>A row of table timestep_gradient: what was recorded of a member's recurrent layer at a step and timestep.</summary>
/// <param name="Step">From 0.</param>
/// <param name="Member">From 0.</param>
/// <param name="Layer">From 1, the layer next to the input.</param>
/// <param name="Timestep">From 1.</param>
/// <param name="Quantities">All quantities, in the order of <see cref="TimestepQuantities.All"/>.</param>
public sealed record TimestepGradientRow(
    long Step, int Member, int Layer, int Timestep, IReadOnlyList<double> Quantities)
{
    public double this[TimestepQuantity quantity] => Quantities[(int)quantity];
}
