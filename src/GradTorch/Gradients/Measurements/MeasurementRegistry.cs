using GradTorch.Configuration;

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
            [.. Feedforward, "elman"], Repetition.Same, StepsTaken: 0.3, (shape, _) => 3L * shape.Section.Depth, model => new DeadUnits(model)),
        new("exponents", "how many elements of δ lie in each power of ten: the underflow ledger",
            "gradient_exponent: count by exponent n, 10ⁿ ≤ |δ| < 10ⁿ⁺¹; layer_measure: delta_zeros, delta_denormals, delta_nonfinite (counts)",
            [.. Feedforward, .. Recurrent], Repetition.Same, StepsTaken: 1.5,
            (shape, precision) => (3L + GradientExponents.RangeOf(precision == Precision.Float64).Count) * (shape.Section.Depth + 1),
            model => new GradientExponents(model)),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(entry => entry.Name)];

    /// <exception cref="KeyNotFoundException">No measurement has that name.</exception>
    public static MeasurementEntry Find(string name) =>
        All.FirstOrDefault(entry => entry.Name == name) ?? throw new KeyNotFoundException($"'{name}' is not a measurement");
}
