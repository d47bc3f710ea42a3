using System.Text.Json;

namespace GradTorch.Quantities;

/// <summary>What is recorded of a recurrent layer at a step and timestep, in the order of a recorded block. Norms are
/// Euclidean over batch and units, of the mean loss, in float64, before clipping.</summary>
public enum TimestepQuantity
{
    /// <summary>‖∂L/∂h_t‖: all of it, of the output at t and of everything after t.</summary>
    HiddenGradient,

    /// <summary>‖δ_t‖ = ‖∂L/∂a_t‖, a_t the pre-activation: of all gates where there are several.</summary>
    PreactivationGradient,

    /// <summary>‖h_{t−1}ᵀ δ_t‖: this timestep's share of ∂L/∂W, W the recurrent weights; 0 at the first timestep.</summary>
    RecurrentWeightGradient,

    /// <summary>Fraction of the elements of δ_t, 0 to 1, that are exactly zero.</summary>
    ZeroGradient,

    /// <summary>How many elements of ∂L/∂h_t and δ_t are NaN or infinite: a whole number.</summary>
    Nonfinite,
}

/// <summary>The quantities of a timestep as a whole.</summary>
public static class TimestepQuantities
{
    /// <summary>All of them, in the order of a block.</summary>
    public static IReadOnlyList<TimestepQuantity> All { get; } = Enum.GetValues<TimestepQuantity>();

    /// <summary>Their names in records, such as hidden_gradient, in the order of a block.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        [.. All.Select(quantity => JsonNamingPolicy.SnakeCaseLower.ConvertName(quantity.ToString()))];

    /// <summary>How many there are: the last dimension of a block.</summary>
    public static int Count => All.Count;
}
