using GradTorch.Analysis.Comparisons;
using GradTorch.Analysis.Statistics;

namespace GradTorch.Reports.Kinds;

/// <summary>Variants side by side: mean and 95 % interval over the seeds.</summary>
public sealed class ComparePicture : PictureKind
{
    public override string Name => "compare";

    public override string Meaning => "variants side by side: accuracy or loss on the test split, mean and 95 % interval over the seeds";

    public override int MostVariants => 40;

    public override bool TakesMeasure => true;

    public override string? Obstacle(ComparedVariant variant) =>
        variant.Members.All(member => member.Step is null && !member.Diverged) ? "it was never evaluated" : null;

    public override Picture Of(IReadOnlyList<ComparedVariant> variants, PictureRequest request)
    {
        var measure = Comparison.Of(variants, measure: request.Measure).Measure;
        var axis = measure == ComparedMeasure.Accuracy ? new Axis("test accuracy, %", AxisScale.Percent) : new Axis("test " + measure.Name);
        var rows = variants.Select(variant => Row(variant, measure));
        return new Picture(
            Title(variants, $"test {measure.Name} of {(variants.Count == 1 ? "1 variant" : FormattableString.Invariant($"{variants.Count} variants"))}"),
            [new IntervalPanel("", axis, new Axis("variant"), [.. rows])],
            "Large points: mean over the members; lines: its 95 % interval by Student's t; small points: members. Diverged members are left out.");
    }

    private static IntervalRow Row(ComparedVariant variant, ComparedMeasure measure)
    {
        double[] values = [.. variant.Members.Where(member => !member.Diverged).Select(measure.Of).OfType<double>()];
        var note = variant.Diverged == 0 ? "" : FormattableString.Invariant($"{variant.Diverged} of {variant.Members.Count} diverged");
        return new IntervalRow(variant.Name, note, MeanInterval.Of(values), values);
    }
}
