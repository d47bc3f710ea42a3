using System.Text.Json;

namespace GradTorch.Gradients;

/// <summary>
/// What is recorded of a recurrent layer at a timestep of a step, in the order of a recorded block. Norms are Euclidean over
/// batch and units, of the loss that is backpropagated, in float64, before clipping.
/// </summary>
public enum TimestepQuantity
{
    /// <summary>‖∂L/∂h_t‖: everything that reaches the state, from the outputs and from timestep t + 1. A truncation between
    /// t and t + 1 cuts after this is measured.</summary>
    HiddenGradient,

    /// <summary>‖δ_t‖ = ‖∂L/∂a_t‖.</summary>
    PreactivationGradient,

    /// <summary>‖h_{t−1}ᵀ δ_t‖: the norm of this timestep's share of ∂L/∂W, over the elements of W. 0 at the first.</summary>
    RecurrentWeightGradient,

    /// <summary>Fraction of the elements of δ_t, 0 to 1, that are exactly zero. Sequences that have ended count as zeros.</summary>
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
