using GradTorch.Analysis.Comparisons;
using GradTorch.Analysis.Verdicts;
using GradTorch.Runs;

namespace GradTorch.Analysis.Dynamics;

/// <summary>The states of a variant's members from record to record, and the two-state chain of each layer or timestep.</summary>
/// <param name="Members">Those that gradients were recorded of.</param>
/// <param name="Places">All layers or timesteps but the last, by which the others are measured.</param>
/// <param name="Initial">What the first record says of each member.</param>
public sealed record VariantChain(ComparedVariant Variant, IReadOnlyList<MemberStates> Members, IReadOnlyList<PlaceChain> Places, InitialStatistics Initial)
{
    public GradientRoute Route => Variant.Route!;

    public GradientLimits Limits => Variant.Limits!;

    /// <summary>Of all members' records, in order.</summary>
    public IReadOnlyList<long> Steps { get; } = [.. Members.SelectMany(member => member.Steps).Distinct().Order()];

    /// <summary>Steps from one record to the next, in the mean; NaN of a single record.</summary>
    public double StepsBetween => Steps.Count < 2 ? double.NaN : (double)(Steps[^1] - Steps[0]) / (Steps.Count - 1);

    /// <summary>Why it has no chain, in words; null where it has.</summary>
    public static string? Obstacle(ComparedVariant variant) =>
        variant.Route is not { } route || variant.Members.All(member => member.Verdicts is null) ? "no gradient was recorded of it"
        : route.Places.Count < 2 ? $"its gradient has one {route.Unit} only, and nothing to vanish over"
        : null;

    /// <param name="variant">Without an obstacle.</param>
    /// <exception cref="RunException">The run can't be read.</exception>
    public static VariantChain Read(ComparedVariant variant) =>
        RunDatabaseReader.Read(RunDirectory.Open(variant.Directory).DatabaseFile, database => Read(database, variant));

    internal static VariantChain Read(RunDatabaseReader database, ComparedVariant variant)
    {
        var (route, limits) = (variant.Route!, variant.Limits!);
        var recorded = variant.Members.Where(member => member.Verdicts is not null).ToDictionary(member => member.Verdicts!.Member);
        var states = recorded.Keys.ToDictionary(member => member, _ => (Steps: new List<long>(), Places: new List<IReadOnlyList<GradientState>>()));
        var first = new Dictionary<int, RouteRecord>();
        foreach (var record in RouteRecord.Read(database, route).Where(record => states.ContainsKey(record.Member)))
        {
            first.TryAdd(record.Member, record);
            states[record.Member].Steps.Add(record.Step);
            states[record.Member].Places.Add(record.States(route, limits.Vanishing));
        }
        MemberStates[] members =
        [
            .. states.Select(own => new MemberStates(own.Key, recorded[own.Key].Seed, recorded[own.Key].Status, own.Value.Steps, own.Value.Places)),
        ];
        return new VariantChain(
            variant, members, [.. route.Places.SkipLast(1).Select((name, place) => PlaceChain.Of(place, name, members))], InitialStatistics.Of(route, first));
    }
}
