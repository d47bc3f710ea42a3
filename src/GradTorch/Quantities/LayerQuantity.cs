using System.Text.Json;

namespace GradTorch.Quantities;

/// <summary>
/// What is recorded of a layer at a step, in the order of a recorded block. Norms are Euclidean over batch and
/// units, of the mean loss, in float64, before clipping.
/// </summary>
public enum LayerQuantity
{
    /// <summary>‖∂L/∂W‖.</summary>
    WeightGradient,

    /// <summary>‖∂L/∂b‖.</summary>
    BiasGradient,

    /// <summary>‖δ‖ = ‖∂L/∂z‖.</summary>
    PreactivationGradient,

    /// <summary>‖∂L/∂a‖.</summary>
    ActivationGradient,

    /// <summary>‖W‖ before the step.</summary>
    Weight,

    /// <summary>‖ΔW‖ of the step.</summary>
    Update,

    /// <summary>Mean of a over batch and units.</summary>
    ActivationMean,

    /// <summary>Standard deviation of a over batch and units, n − 1 in the denominator as in torch.std.</summary>
    ActivationStd,

    /// <summary>Fraction of units and examples, 0 to 1, whose slope is at most 5 % of the largest (for ReLU: units that are
    /// off). The slope is the one used on the way back: |g′|, or that of the surrogate.</summary>
    Saturated,

    /// <summary>Fraction of the elements of δ, 0 to 1, that are exactly zero.</summary>
    ZeroGradient,

    /// <summary>How many elements of a, ∂L/∂a, δ, ∂L/∂W and ∂L/∂b are NaN or infinite: a whole number.</summary>
    Nonfinite,
}

/// <summary>The quantities of a layer as a whole.</summary>
public static class LayerQuantities
{
    /// <summary>All of them, in the order of a block.</summary>
    public static IReadOnlyList<LayerQuantity> All { get; } = Enum.GetValues<LayerQuantity>();

    /// <summary>Their names in records, such as weight_gradient, in the order of a block.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        [.. All.Select(quantity => JsonNamingPolicy.SnakeCaseLower.ConvertName(quantity.ToString()))];

    /// <summary>How many there are: the last dimension of a block.</summary>
    public static int Count => All.Count;
}
