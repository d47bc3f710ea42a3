using GradTorch.Analysis.Comparisons;

namespace GradTorch.Reports;

/// <summary>Between which ‖δ‖ the first place has to stay for the verdict to be that the gradient is healthy.</summary>
internal static class VerdictGuides
{
    private const string Label = "limits of the verdict on the first: vanishing below, exploding above";

    /// <summary>The limits times ‖δ‖ of the last place; none where that is 0 or not finite.</summary>
    public static IEnumerable<Guide> Of(ComparedVariant variant, Curve curve) =>
        variant.Limits is { } limits && curve.Points is [_, .., { Middle: > 0 and < double.PositiveInfinity } last]
            ? [new Guide(limits.Vanishing * last.Middle, Label, curve.Colour), new Guide(limits.Exploding * last.Middle, Label, curve.Colour)]
            : [];
}
