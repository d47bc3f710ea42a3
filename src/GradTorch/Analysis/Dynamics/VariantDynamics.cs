using GradTorch.Analysis.Comparisons;
using GradTorch.Analysis.Verdicts;
using GradTorch.Runs;

namespace GradTorch.Analysis.Dynamics;

/// <summary>How the gradients of a variant's members behaved from record to record.</summary>
/// <param name="Members">Those that gradients were recorded of.</param>
/// <param name="Chain">Of all layers or timesteps but the last, by which the others are measured.</param>
public sealed record VariantDynamics(
    ComparedVariant Variant, IReadOnlyList<MemberStates> Members, IReadOnlyList<PlaceChain> Chain, VanishingModel Model,
    IReadOnlyList<WeightTrajectory> Weights)
{
    public GradientRoute Route => Variant.Route!;

    public GradientLimits Limits => Variant.Limits!;

    /// <summary>Of all members' records, in order.</summary>
    public IReadOnlyList<long> Steps { get; } = [.. Members.SelectMany(member => member.Steps).Distinct().Order()];

    /// <summary>Steps from one record to the next, in the mean; NaN of a single record.</summary>
    public double StepsBetween => Steps.Count < 2 ? double.NaN : (double)(Steps[^1] - Steps[0]) / (Steps.Count - 1);

    /// <summary>Why it has no dynamics, in words; null where it has.</summary>
    public static string? Obstacle(ComparedVariant variant) =>
        variant.Route is not { } route ? "no gradient was recorded of it"
        : route.Places.Count < 2 ? $"its gradient has one {route.Unit} only, and nothing to vanish over"
        : null;

    /// <param name="variant">Without an obstacle.</param>
    /// <param name="after">k of the model, in steps; null for the last record.</param>
    /// <exception cref="RunException">The run can't be read.</exception>
    public static VariantDynamics Read(ComparedVariant variant, long? after = null) => RunDatabaseReader.Read(
        RunDirectory.Open(variant.Directory).DatabaseFile, database =>
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
            return new VariantDynamics(
                variant, members, [.. route.Places.SkipLast(1).Select((name, place) => PlaceChain.Of(place, name, members))],
                VanishingModel.Of(members, InitialStatistics.Of(route, first), after ?? long.MaxValue - members.Max(member => member.Steps[0])),
                WeightTrajectory.Read(database, recorded.Values));
        });
}
