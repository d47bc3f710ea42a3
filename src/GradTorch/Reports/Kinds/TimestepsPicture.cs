using GradTorch.Analysis.Comparisons;
using GradTorch.Quantities;

namespace GradTorch.Reports.Kinds;

/// <summary>A quantity by timestep of the recurrent layer next to the output.</summary>
public sealed class TimestepsPicture : ProfilePicture
{
    public override string Name => "timesteps";

    public override string Meaning => "the same, or another quantity of timesteps, by timestep of the recurrent layer next to the output";

    public override IReadOnlyList<string> Quantities { get; } = QuantityAxis.DefaultFirst(TimestepQuantities.Columns);

    protected override string Place => "timestep";

    public override string? Obstacle(ComparedVariant variant) =>
        variant.Route is null ? NoGradients : variant.Route.RecurrentLayer is null ? "it has no timesteps: its network is not recurrent" : null;

    private protected override (VariantRecord First, VariantRecord Last) EndsOf(ComparedVariant variant) =>
        VariantRecord.OfTimesteps(variant, variant.Route!.RecurrentLayer!.Value);

    private protected override int IndexOf(string column) => TimestepQuantities.Columns.ToList().IndexOf(column);
}
