using GradTorch.Analysis.Statistics;

namespace GradTorch.Analysis.Comparisons;

/// <summary>Variants side by side, and each with each.</summary>
/// <param name="Pairs">Every two of them, the earlier one first.</param>
public sealed record Comparison(
    IReadOnlyList<ComparedVariant> Variants, ComparedMeasure Measure, ComparedTarget? Target, IReadOnlyList<PairComparison> Pairs)
{
    /// <param name="measure">Null for the accuracy where there is one, else the loss.</param>
    public static Comparison Of(IReadOnlyList<ComparedVariant> variants, ComparedTarget? target = null, ComparedMeasure? measure = null)
    {
        measure ??= variants.Any(variant => variant.Members.Any(member => member.Accuracy is not null))
            ? ComparedMeasure.Accuracy
            : ComparedMeasure.Loss;
        PairComparison[] pairs =
        [
            .. variants.SelectMany((first, index) => variants.Skip(index + 1).Select(second => PairComparison.Of(first, second, measure))),
        ];
        double[] tested = [.. pairs.Select(pair => pair.PValue).OfType<double>()];
        var adjusted = new Queue<double>(Holm.Adjust(tested));
        return new Comparison(
            variants, measure, target,
            [.. pairs.Select(pair => pair.Decided(pair.PValue is null ? null : adjusted.Dequeue(), tested.Length))]);
    }
}
