using GradTorch.Analysis.Comparisons;
using GradTorch.Quantities;

namespace GradTorch.Reports.Kinds;

/// <summary>A quantity by hidden layer.</summary>
public sealed class LayersPicture : ProfilePicture
{
    public override string Name => "layers";

    public override string Meaning => "‖δ‖, or another quantity of layers, by hidden layer, at the first and the last record";

    public override IReadOnlyList<string> Quantities { get; } = QuantityAxis.DefaultFirst(LayerQuantities.Columns);

    protected override string Place => "hidden layer";

    public override string? Obstacle(ComparedVariant variant) => variant.Route is null ? NoGradients : null;

    private protected override (VariantRecord First, VariantRecord Last) EndsOf(ComparedVariant variant)
    {
        var (first, last) = VariantRecord.OfLayers(variant);
        return (first.Hidden, last.Hidden);
    }

    private protected override int IndexOf(string column) => LayerQuantities.Columns.ToList().IndexOf(column);
}
