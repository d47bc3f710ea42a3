using GradTorch.Gradients;
using GradTorch.Quantities;

namespace GradTorch.Training;

/// <summary>What the repetition of a step brought to the host, of all members.</summary>
/// <param name="Layers">Layers × quantities of each member.</param>
/// <param name="States">Non-finite elements of h_t: recurrent layers × timesteps of each member.</param>
/// <param name="Gradients">Non-finite elements of ∂L/∂h_t and δ_t, of the same.</param>
internal sealed record DivergenceReplay(double[][] Layers, double[][] States, double[][] Gradients, int Timesteps)
{
    public static DivergenceReplay Of(GradientTable table, StateWatch states)
    {
        using var nonfinite = table.Timesteps.select(3, (long)TimestepQuantity.Nonfinite);
        var (members, timesteps) = ((int)nonfinite.shape[0], (int)nonfinite.shape[2]);
        return new DivergenceReplay(
            PerMember(HostCopy.Doubles(table.Values), members), PerMember(HostCopy.Doubles(states.Nonfinite), members),
            PerMember(HostCopy.Doubles(nonfinite), members), timesteps);
    }

    /// <summary>Where a member met its first NaN or infinity.</summary>
    public (int Layer, int? Timestep) Place(int member) =>
        DivergenceLocator.Place(Layers[member], States[member], Gradients[member], Timesteps);

    private static double[][] PerMember(double[] values, int members)
    {
        var size = values.Length / members;
        return [.. Enumerable.Range(0, members).Select(member => values[(member * size)..((member + 1) * size)])];
    }
}
