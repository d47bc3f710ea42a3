namespace GradTorch.Reports;

/// <summary>Recorded quantities as axes name them.</summary>
internal static class QuantityAxis
{
    /// <summary>What is drawn without being asked: ‖δ‖.</summary>
    public const string Default = "preactivation_gradient";

    /// <summary>Quantities that are not norms, and may be 0 or below it in a sound network.</summary>
    private static readonly Dictionary<string, Axis> Linear = new()
    {
        ["activation_mean"] = new("mean of a"),
        ["activation_std"] = new("standard deviation of a"),
        ["saturated"] = new("saturated units", AxisScale.Percent),
        ["zero_gradient"] = new("elements of δ that are 0", AxisScale.Percent),
        ["nonfinite"] = new("elements not finite"),
    };

    private static readonly Dictionary<string, string> Symbols = new()
    {
        ["weight_gradient"] = "‖∂L/∂W‖",
        ["bias_gradient"] = "‖∂L/∂b‖",
        [Default] = "‖δ‖",
        ["activation_gradient"] = "‖∂L/∂a‖",
        ["weight"] = "‖W‖",
        ["update"] = "‖ΔW‖",
        ["hidden_gradient"] = "‖∂L/∂h‖",
        ["recurrent_weight_gradient"] = "share of ‖∂L/∂W‖",
    };

    /// <param name="column">Of layer_gradient or timestep_gradient.</param>
    public static Axis Of(string column) =>
        Linear.GetValueOrDefault(column) ?? new Axis(Symbols.GetValueOrDefault(column, column.Replace('_', ' ')), AxisScale.Logarithmic);

    /// <summary>Whether it is above 0 in a sound network.</summary>
    public static bool IsNorm(string column) => !Linear.ContainsKey(column);

    /// <summary>The columns with the default first.</summary>
    public static IReadOnlyList<string> DefaultFirst(IEnumerable<string> columns) => [.. columns.OrderByDescending(column => column == Default)];
}
