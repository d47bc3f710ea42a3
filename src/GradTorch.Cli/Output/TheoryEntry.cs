using GradTorch.Analysis.Statistics;
using GradTorch.Analysis.Verdicts;
using GradTorch.Studies;
using GradTorch.Theory;

namespace GradTorch.Cli.Output;

/// <summary>What theory says of a member at initialisation, as JSON, beside what was measured.</summary>
/// <param name="Slope">Of ln‖δ‖ over hidden layers, as it is expected of wide ones; null for recurrent nets.</param>
/// <param name="Residual">Measured less expected.</param>
/// <param name="Gamma">γ, the largest slope of the activation on the way back; null for nets without time, and so are the
/// others.</param>
/// <param name="Norm">λ, the largest singular value of the recurrent weights.</param>
/// <param name="LnBound">ln of (γλ)^(T−1), which ‖∂h_T/∂h_1‖ is not above.</param>
/// <param name="Jacobians">What that norm is, at some timesteps; null for nets without time, and where it was not measured.</param>
internal sealed record TheoryEntry(
    double? Slope, double? Residual, double? Gamma, double? Norm, double? LnBound, IReadOnlyList<TheoryEntry.Jacobian>? Jacobians)
{
    public static TheoryEntry Of(GradientPrediction prediction, GradientVerdict verdict)
    {
        var points = prediction.LogGradients.Select((ln, index) => (X: index + 1.0, Y: ln)).Where(point => double.IsFinite(point.Y));
        var slope = LineFit.Of([.. points])?.Slope;
        var bound = prediction.Bound;
        return new TheoryEntry(slope, verdict.Trend.Slope?.Slope - slope, bound?.Gamma, bound?.Norm, bound?.LnBound,
            bound is null || prediction.Jacobians.Count == 0 ? null : [.. prediction.Jacobians.Select(own => Jacobian.Of(own, bound))]);
    }

    /// <summary>Of each member.</summary>
    /// <returns>Null where theory does not cover the network.</returns>
    public static IReadOnlyList<TheoryEntry>? Of(IReadOnlyList<GradientPrediction>? predictions, IEnumerable<GradientVerdict> verdicts) =>
        predictions is null ? null : [.. predictions.Zip(verdicts).Select(own => Of(own.First, own.Second))];

    /// <summary>‖∂h_T/∂h_t‖ of the first examples of the batch.</summary>
    /// <param name="Timestep">t.</param>
    /// <param name="LnMean">ln of the mean over the examples.</param>
    /// <param name="LnLargest">ln of the largest of them.</param>
    /// <param name="LnBound">ln of (γλ)^(T−t).</param>
    internal sealed record Jacobian(int Timestep, double LnMean, double LnLargest, double LnBound)
    {
        public static Jacobian Of(StateJacobian measured, RecurrentBound bound) => new(
            measured.Timestep, measured.LnMean, measured.LnLargest, (bound with { Steps = bound.Steps + 1 - measured.Timestep }).LnBound);
    }
}
