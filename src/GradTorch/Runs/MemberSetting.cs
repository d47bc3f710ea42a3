namespace GradTorch.Runs;

/// <summary>A number of table member in which the members of a run may differ.</summary>
/// <param name="Column">Its name in the table.</param>
/// <param name="Value">Null where it is not in use.</param>
public sealed record MemberSetting(string Column, Func<MemberRow, double?> Value)
{
    public static IReadOnlyList<MemberSetting> All { get; } =
    [
        new("learning_rate", row => row.LearningRate),
        new("gain", row => row.Gain),
        new("weight_variance", row => row.WeightVariance),
        new("bias_variance", row => row.BiasVariance),
        new("slope", row => row.Slope),
        new("backward_scale", row => row.BackwardScale),
        new("clip_threshold", row => row.ClipThreshold),
        new("recurrent_gain", row => row.RecurrentGain),
        new("recurrent_weight_variance", row => row.RecurrentWeightVariance),
    ];
}
