using GradTorch.Activations;
using GradTorch.Configuration;
using GradTorch.Runs;

namespace GradTorch.Studies;

/// <summary>One member of an ensemble: trained alone it is the experiment <see cref="Alone"/>.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Alone">The experiment with this member's one seed and its own values of what members:vary names, and
/// without members and study. Only what can be a tensor differs between members: learning rate, clip threshold, gain,
/// variances, slope, backward scale.</param>
public sealed record EnsembleMember(int Index, MemberSeed Seed, Experiment Alone)
{
    /// <summary>Its own value of each key that members vary, in the order of <see cref="MemberVariation.Keys"/>.</summary>
    public IReadOnlyList<double> Varied { get; init; } = [];

    /// <summary>As it stands in the run's database when it begins.</summary>
    internal MemberRow Row => new(
        Index, Seed.Seed, Alone.Training.Optimizer.Lr,
        IfUsed("model:init:gain", Alone.Model.Init.Gain),
        IfUsed("model:init:weightVariance", Alone.Model.Init.WeightVariance),
        IfUsed("model:init:biasVariance", Alone.Model.Init.BiasVariance),
        IfUsed("model:activation:slope", Alone.Model.Activation.Slope),
        BackwardScale,
        IfUsed("training:clip:threshold", Alone.Training.Clip.Threshold),
        IfUsed("model:recurrentInit:gain", Alone.Model.RecurrentInit.Gain),
        IfUsed("model:recurrentInit:weightVariance", Alone.Model.RecurrentInit.WeightVariance));

    /// <summary>Of its surrogate derivative; null with the exact one.</summary>
    private double? BackwardScale => Alone.Model.Activation.Backward == BackwardRegistry.Exact
        ? null
        : Alone.Model.Activation.BackwardScale ?? SurrogateRegistry.Find(Alone.Model.Activation.Backward).DefaultScale;

    private double? IfUsed(string path, double value) => ExperimentSettings.IsUsed(Alone, path) ? value : null;

    /// <summary>The members of an experiment in order, seeds fastest: <see cref="MembersSection"/>.</summary>
    public static IReadOnlyList<EnsembleMember> Of(Experiment experiment)
    {
        var seeds = experiment.Seeds;
        var members = new List<EnsembleMember>();
        foreach (var (combination, varied) in experiment.Combinations().Zip(experiment.Members.Combinations()))
        {
            for (var seed = 0; seed < seeds.Count; seed++)
            {
                var alone = combination with { Seeds = new SeedSection { First = seeds.First + seed } };
                members.Add(new EnsembleMember(members.Count, new MemberSeed(alone.Seeds.First), alone) { Varied = varied });
            }
        }
        return members;
    }
}
