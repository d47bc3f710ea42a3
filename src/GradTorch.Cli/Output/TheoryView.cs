using GradTorch.Analysis;
using GradTorch.Analysis.Verdicts;
using GradTorch.Cli.Terminals;

namespace GradTorch.Cli.Output;

/// <summary>What theory says beside what was measured, as people read it: medians over the members.</summary>
internal static class TheoryView
{
    /// <param name="members">Null where theory does not cover the network; then nothing is shown.</param>
    /// <param name="verdicts">At initialisation.</param>
    public static void Show(
        IReadOnlyList<TheoryEntry>? members, IEnumerable<GradientVerdict> verdicts, GradientRoute route, Screen screen)
    {
        double? Of(Func<TheoryEntry, double?> value) =>
            members?.Select(value).OfType<double>().ToList() is { Count: > 0 } known ? Median.Of(known) : null;
        if (Of(member => member.Slope) is { } slope && Of(member => member.Residual) is { } residual)
        {
            screen.Line(
                $"theory of wide layers: slope of ln‖δ‖ {NumberText.General(slope)} a {route.Unit}, ×{NumberText.General(Math.Exp(-slope))} on its way back; measured less expected {NumberText.General(residual)}");
        }
        if (Of(member => member.LnBound) is not { } bound) return;
        var (steps, ratio) = (route.Places.Count, Median.Of(verdicts.Select(verdict => verdict.Trend.LogRatio)));
        screen.Line(FormattableString.Invariant(
            $"theory: ‖∂h_{steps}/∂h_1‖ ≤ (γλ)^{steps - 1} = {NumberText.Exponential(bound)}, γ = {NumberText.General(Of(member => member.Gamma)!.Value)} and λ = {NumberText.General(Of(member => member.Norm)!.Value)}; ‖δ_1‖ by ‖δ_{steps}‖ was {NumberText.Exponential(ratio)}"));
        if (members![0].Jacobians is not { } jacobians) return;
        var measured = jacobians.Select((own, index) => FormattableString.Invariant($"t = {own.Timestep}: ")
            + $"{NumberText.Exponential(Of(member => member.Jacobians![index].LnMean)!.Value)} (up to {NumberText.Exponential(Of(member => member.Jacobians![index].LnLargest)!.Value)}; bound {NumberText.Exponential(Of(member => member.Jacobians![index].LnBound)!.Value)})");
        screen.Line(FormattableString.Invariant($"‖∂h_{steps}/∂h_t‖ at initialisation, mean over a few examples: ") + string.Join(", ", measured));
    }
}
