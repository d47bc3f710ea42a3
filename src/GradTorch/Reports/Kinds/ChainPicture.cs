using GradTorch.Analysis.Comparisons;
using GradTorch.Analysis.Dynamics;

namespace GradTorch.Reports.Kinds;

/// <summary>The two-state chain by place: how probably a gradient vanishes from one record to the next, and how probably it comes
/// back.</summary>
public sealed class ChainPicture : PictureKind
{
    public override string Name => "chain";

    public override string Meaning => "by hidden layer (recurrent nets: timestep), how probably a gradient vanishes from one record to the next, and comes back";

    public override string? Obstacle(ComparedVariant variant) => VariantChain.Obstacle(variant);

    public override Picture Of(IReadOnlyList<ComparedVariant> variants, PictureRequest request)
    {
        var chains = variants.Select(VariantChain.Read).ToList();
        string[] units = [.. chains.Select(chain => chain.Route.RecurrentLayer is null ? "hidden layer" : "timestep").Distinct()];
        var place = string.Join(" or ", units);
        CurvePanel Panel(string what, string nothing, Func<PlaceChain, StateExit> exit)
        {
            Curve[] curves = [.. chains.SelectMany((chain, index) => Pieces(chain, exit).Select(points => new Curve(chain.Variant.Name, index, Dashed: false, "", points)))];
            return new CurvePanel(curves.Length == 0 ? nothing : what, new Axis(place), new Axis($"P({what})"), curves, []);
        }
        return new Picture(
            Title(variants, $"how probably gradients vanish and come back, by {place}"),
            [
                Panel("alive to vanished", "no record follows one with a living gradient", chain => chain.Vanishing),
                Panel("vanished to alive", "no record follows one with a vanished gradient", chain => chain.Return),
            ],
            "Lines: share of the records of all members; bands: its exact 95 % interval (Clopper and Pearson), which takes records for independent. "
            + "Places without such a record have none.");
    }

    /// <summary>Places next to one another that have a probability.</summary>
    private static List<List<CurvePoint>> Pieces(VariantChain chain, Func<PlaceChain, StateExit> exit)
    {
        var pieces = new List<List<CurvePoint>>();
        foreach (var place in chain.Places)
        {
            if (exit(place).Probability is not { } p) continue;
            if (pieces.Count == 0 || pieces[^1][^1].X != place.Place - 1) pieces.Add([]);
            pieces[^1].Add(new CurvePoint(place.Place, p.Share, p.Low, p.High));
        }
        return pieces;
    }
}
