using GradTorch.Analysis.Verdicts;

namespace GradTorch.Cli.Output;

/// <summary>The two factors of the gradient's gain as people read them: ×1.02, or a dash where there is none.</summary>
internal static class GainText
{
    /// <param name="index">Of a layer or timestep, from 0; the last has no gain.</param>
    public static string OfWeights(IReadOnlyList<SplitGain> gains, int index) => Text(gains, index, gain => gain.Weights);

    /// <inheritdoc cref="OfWeights"/>
    public static string OfActivation(IReadOnlyList<SplitGain> gains, int index) => Text(gains, index, gain => gain.Activation);

    private static string Text(IReadOnlyList<SplitGain> gains, int index, Func<SplitGain, double> factor) =>
        index < gains.Count && factor(gains[index]) is var gain && !double.IsNaN(gain) ? $"×{NumberText.General(gain)}" : "–";
}
