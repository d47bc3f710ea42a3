using GradTorch.Analysis.Comparisons;

namespace GradTorch.Reports;

/// <summary>A quantity by place, at the first and at the last record: variants over one another.</summary>
public abstract class ProfilePicture : PictureKind
{
    /// <summary>What a place is, as the axis names it.</summary>
    protected abstract string Place { get; }

    public override Picture Of(IReadOnlyList<ComparedVariant> variants, PictureRequest request)
    {
        var column = request.Quantity ?? Quantities[0];
        var (quantity, axis) = (IndexOf(column), QuantityAxis.Of(column));
        var records = variants.Select(variant => (Variant: variant, Ends: EndsOf(variant))).ToList();
        CurvePanel Panel(string when, Func<(VariantRecord First, VariantRecord Last), VariantRecord> of)
        {
            Curve[] curves = [.. records.Select((entry, index) => new Curve(entry.Variant.Name, index, Dashed: false, "", of(entry.Ends).Points(quantity)))];
            var guides = column == QuantityAxis.Default ? records.SelectMany((entry, index) => VerdictGuides.Of(entry.Variant, curves[index])) : [];
            return new CurvePanel($"{when}, {StepsText.Of(records.Select(entry => of(entry.Ends).Step))}", new Axis(Place), axis, curves, [.. guides]);
        }
        var title = Title(variants, $"{axis.Label} by {Place}");
        return new Picture(
            title, [Panel("first record", ends => ends.First), Panel("last record", ends => ends.Last)],
            "Lines: median over the members; bands: smallest to largest.");
    }

    private protected abstract (VariantRecord First, VariantRecord Last) EndsOf(ComparedVariant variant);

    /// <summary>Its index in a block.</summary>
    private protected abstract int IndexOf(string column);
}
