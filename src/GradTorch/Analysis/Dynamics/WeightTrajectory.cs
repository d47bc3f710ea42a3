using GradTorch.Analysis.Comparisons;
using GradTorch.Analysis.Verdicts;
using GradTorch.Quantities;
using GradTorch.Runs;

namespace GradTorch.Analysis.Dynamics;

/// <summary>Where the weights of a member went, from its first record to its last.</summary>
/// <param name="Fates">Of its gradient at the same records.</param>
/// <param name="Layers">All of them, the output layer last.</param>
public sealed record WeightTrajectory(
    int Member, long Seed, MemberStatus Status, (GradientFate First, GradientFate Last) Fates, (long First, long Last) Steps,
    IReadOnlyList<WeightChange> Layers)
{
    /// <summary>‖W‖ of all layers together.</summary>
    public WeightChange Whole { get; } = new(
        0, "all layers", Math.Sqrt(Layers.Sum(layer => layer.First * layer.First)), Math.Sqrt(Layers.Sum(layer => layer.Last * layer.Last)));

    /// <param name="members">Those that gradients were recorded of.</param>
    internal static IReadOnlyList<WeightTrajectory> Read(RunDatabaseReader database, IEnumerable<ComparedMember> members)
    {
        var judged = members.Select(member => (member.Seed, member.Status, Verdicts: member.Verdicts!)).ToList();
        var records = judged.SelectMany(member => new[] { member.Verdicts.First.Step, member.Verdicts.Last.Step }).Distinct()
            .ToDictionary(step => step, step => database.LayerGradientsAt(step).ToLookup(row => row.Member));
        return
        [
            .. judged.Select(own => new WeightTrajectory(
                own.Verdicts.Member, own.Seed, own.Status, (own.Verdicts.First.Fate, own.Verdicts.Last.Fate), (own.Verdicts.First.Step, own.Verdicts.Last.Step),
                [
                    .. records[own.Verdicts.First.Step][own.Verdicts.Member].Zip(records[own.Verdicts.Last.Step][own.Verdicts.Member], (first, last) =>
                        new WeightChange(first.Layer, first.LayerName, first[LayerQuantity.Weight], last[LayerQuantity.Weight])),
                ])),
        ];
    }
}

/// <param name="Layer">From 1; 0 for all of them.</param>
/// <param name="First">‖W‖ at the first record.</param>
/// <param name="Last">‖W‖ at the last.</param>
public sealed record WeightChange(int Layer, string Name, double First, double Last)
{
    /// <summary>Last by first; NaN of 0 by 0.</summary>
    public double Ratio => Last / First;
}
