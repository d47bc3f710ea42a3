using GradTorch.Analysis;
using GradTorch.Quantities;
using GradTorch.Runs;

namespace GradTorch.Cli.Output;

/// <summary>Members that differ in their seeds only, as JSON.</summary>
/// <param name="Varied">Their values of what the members of the run vary.</param>
/// <param name="TestLoss">Of those that did not diverge, after their last evaluation.</param>
/// <param name="TestAccuracy">0 to 1, of the same.</param>
/// <param name="WeightGradient">‖∂L/∂W‖ at the last record, medians; null if no gradients were recorded.</param>
internal sealed record MemberGroupEntry(
    OrderedDictionary<string, double?> Varied, IReadOnlyList<int> Members, int Diverged, Spread TestLoss, Spread TestAccuracy,
    MemberGroupEntry.Ends? WeightGradient)
{
    public static MemberGroupEntry Of(MemberGroup group, IReadOnlyList<MemberSetting> varied) => new(
        new(varied.Zip(group.Values).ToDictionary(pair => pair.First.Column, pair => pair.Second)),
        [.. group.Members.Select(member => member.Row.Member)],
        group.Diverged,
        Spread.Of(group.Tests.Select(test => test.Loss)),
        Spread.Of(group.Tests.Select(test => test.Accuracy).OfType<double>()),
        group.Layers is { } layers ? new Ends(Norm(layers.FirstHidden), Norm(layers.LastHidden)) : null);

    private static double Norm(LayerChange layer) => layer.Last[(int)LayerQuantity.WeightGradient];

    /// <summary>Of the hidden layer next to the input and of the one next to the output.</summary>
    internal sealed record Ends(double FirstHidden, double LastHidden);
}
