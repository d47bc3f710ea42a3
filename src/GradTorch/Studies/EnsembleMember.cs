using GradTorch.Configuration;

namespace GradTorch.Studies;

/// <summary>One member of an ensemble: trained alone it is the experiment <see cref="Alone"/>.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Alone">The experiment with this member's own values of what members:vary names. Only what can be a tensor
/// differs between members: learning rate, clip threshold, gain, variances, slope, backward scale.</param>
public sealed record EnsembleMember(int Index, MemberSeed Seed, Experiment Alone)
{
    /// <summary>The members of an experiment, in order.</summary>
    public static IReadOnlyList<EnsembleMember> Of(Experiment experiment) =>
    [
        .. ExperimentPlan.SeedsOf(experiment).Select((seed, index) => new EnsembleMember(index, new MemberSeed(seed), experiment)),
    ];
}
