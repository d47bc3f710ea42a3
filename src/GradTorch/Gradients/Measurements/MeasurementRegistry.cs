using GradTorch.Configuration;
using GradTorch.Quantities;

namespace GradTorch.Gradients.Measurements;

/// <summary>What an experiment can ask to be measured beside what every record holds.</summary>
[RegistryOf("a measurement")]
public static class MeasurementRegistry
{
    private static readonly string[] Feedforward = ["mlp", "residual"], Recurrent = ["elman", "gru", "lstm"];

    public static IReadOnlyList<MeasurementEntry> All { get; } =
    [
        new("dead-units", "units whose slope on the way back is exactly 0 for the whole batch",
            "layer_measure: dead (fraction), dead_records (of those, mean records in a row), dead_always (fraction, at every record so far)",
            [.. Feedforward, "elman"], _ => Repetition.Same, StepsTaken: 0.4, (shape, _) => 3L * shape.Section.Depth, model => new DeadUnits(model)) { ForwardOnly = true },
        new("exponents", "how many elements of δ lie in each power of ten: the underflow ledger",
            "gradient_exponent: count by exponent n, 10ⁿ ≤ |δ| < 10ⁿ⁺¹; layer_measure: delta_zeros, delta_denormals, delta_nonfinite (counts)",
            [.. Feedforward, .. Recurrent], _ => Repetition.Same, StepsTaken: 1.5,
            (shape, precision) => (3L + GradientExponents.RangeOf(precision == Precision.Float64).Count) * (shape.Section.Depth + 1),
            model => new GradientExponents(model)),
        new("joint", "how many elements have which size together with which gradient: pre-activations with δ, weights with ∂L/∂w",
            "joint_count: count by pair (z, w), bin of x and bin of the gradient; layer_measure: z_correlation, w_correlation (of |x| and ln|gradient|)",
            [.. Feedforward, .. Recurrent], _ => Repetition.Same, StepsTaken: 10,
            (shape, _) => (2L + JointGrid.All.Count * JointGrid.Cells) * (shape.Section.Depth + 1), model => new JointCounts(model)),
        new("compare-exact", "the surrogate's gradient beside that of the activation's own derivative, same batch and weights",
            "layer_measure: exact_cosine, exact_ratio (surrogate by exact) of ‖∂L/∂W‖; layer 0: of all parameters",
            [.. Feedforward, "elman"], _ => Repetition.Exact, StepsTaken: 1.7, (shape, _) => 2L * (shape.Section.Depth + 2),
            model => new ExactComparison(model)) { NeedsSurrogate = true },
        new("singular-values", "largest singular value of W, of recurrent layers the recurrent one; of elman also that of ∂h_t/∂h_{t−1}",
            "layer_measure: singular_value λ; elman: step_jacobian (mean over the batch, the largest of up to 4 timesteps), slope_bound γ λ",
            [.. Feedforward, .. Recurrent], kind => kind == "elman" ? Repetition.Same : Repetition.None, StepsTaken: 6.6,
            (shape, _) => shape.Section.Depth + 1 + (shape.Section.Kind == "elman" ? 2L * shape.Section.Depth : 0), model => new SingularValues(model)),
        new("skip", "what comes back to the input of a block through its skip, and through its layers",
            "layer_measure: skip_gradient, branch_gradient (norms), layer that where the skip joins",
            ["residual"], _ => Repetition.Split, StepsTaken: 1.2, (shape, _) => 2L * (shape.Section.Depth / shape.Section.Skip.Every),
            model => new SkipGradients(model)),
        new("inside", "units of tanh(nx) inside the thresholds t_K of `theory slope`: steep enough for the gradient",
            "layer_measure: inside_1, inside_2, inside_depth (fractions of units and batch with |x| < t_K, K = 1, 2 and the hidden layers; 0 for n ≤ 1)",
            Feedforward, _ => Repetition.Same, StepsTaken: 0.4, (shape, _) => 3L * shape.Section.Depth, model => new InsideUnits(model))
        {
            Activation = "tanh", ForwardOnly = true,
        },
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(entry => entry.Name)];

    /// <exception cref="KeyNotFoundException">No measurement has that name.</exception>
    public static MeasurementEntry Find(string name) =>
        All.FirstOrDefault(entry => entry.Name == name) ?? throw new KeyNotFoundException($"'{name}' is not a measurement");
}
