using GradTorch.Analysis.Comparisons;
using GradTorch.Analysis.Verdicts;

namespace GradTorch.Reports.Kinds;

/// <summary>What each place does to the gradient on its way back, in the two factors of <see cref="SplitGain"/>.</summary>
public sealed class GainPicture : PictureKind
{
    public override string Name => "gain";

    public override string Meaning => "what each layer (recurrent nets: timestep) makes of the gradient: the weights' factor and the activation's";

    public override string? Obstacle(ComparedVariant variant) => variant.Route is null ? NoGradients : null;

    public override Picture Of(IReadOnlyList<ComparedVariant> variants, PictureRequest request)
    {
        var records = variants.Select(variant => (Variant: variant, Ends: EndsOf(variant))).ToList();
        string[] units = [.. variants.Select(variant => variant.Route!.RecurrentLayer is null ? "hidden layer" : "timestep").Distinct()];
        var place = string.Join(" or ", units);
        CurvePanel Panel(string when, Func<(VariantRecord First, VariantRecord Last), VariantRecord> of) => new(
            $"{when}, {StepsText.Of(records.Select(entry => of(entry.Ends).Step))}", new Axis(place), new Axis("gain", AxisScale.Logarithmic),
            [.. records.SelectMany((entry, index) => Curves(entry.Variant, of(entry.Ends), index))],
            [new Guide(1, "1: the gradient keeps its size", null)]);
        return new Picture(
            Title(variants, $"gain of the gradient by {place}"),
            [Panel("first record", ends => ends.First), Panel("last record", ends => ends.Last)],
            "‖δ‖ by that of the next is the product of both. Lines: median over the members; bands: smallest to largest.");
    }

    private static (VariantRecord First, VariantRecord Last) EndsOf(ComparedVariant variant) =>
        variant.Route!.RecurrentLayer is { } layer ? VariantRecord.OfTimesteps(variant, layer) : VariantRecord.OfLayers(variant);

    private static IEnumerable<Curve> Curves(ComparedVariant variant, VariantRecord record, int colour)
    {
        var members = Enumerable.Range(0, record.Places[0].Count).Select(member => record.Places.Select(place => place[member]));
        var gains = members.Select(places => variant.Route!.RecurrentLayer is null ? SplitGain.OfLayers(places) : SplitGain.OfTimesteps(places)).ToList();
        yield return new Curve(variant.Name, colour, Dashed: false, "weights", Points(gains, gain => gain.Weights));
        yield return new Curve(variant.Name, colour, Dashed: true, "activation", Points(gains, gain => gain.Activation));
    }

    /// <summary>Of each place that has a next.</summary>
    private static IReadOnlyList<CurvePoint> Points(List<IReadOnlyList<SplitGain>> members, Func<SplitGain, double> factor) =>
        [.. Enumerable.Range(0, members[0].Count).Select(place => CurvePoint.Of(place + 1, [.. members.Select(gains => factor(gains[place]))]))];
}
