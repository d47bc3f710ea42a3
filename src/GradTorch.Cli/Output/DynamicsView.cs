using GradTorch.Analysis.Dynamics;
using GradTorch.Cli.Terminals;
using GradTorch.Runs;

namespace GradTorch.Cli.Output;

/// <summary>The dynamics of gradients as people read them: the chain, the model, the weights and the joint histograms of a variant.</summary>
internal static class DynamicsView
{
    /// <param name="layer">Whose joint histograms are shown; null for the first.</param>
    public static void Show(VariantDynamics dynamics, string? layer, Screen screen)
    {
        var chain = dynamics.Chain;
        screen.Line($"{chain.Variant.Name}: {NumberText.Plural(chain.Members.Count, "member")}, {Records(chain)}");
        ChainView.Show(chain, screen);
        foreach (var line in Censored(chain)) screen.Line(line);
        VanishingModelView.Show(dynamics.Model, chain.Route.Unit, screen);
        WeightTrajectoryView.Show(dynamics.Weights, screen);
        var number = dynamics.LayerNumber(layer ?? dynamics.LayerNames[0]);
        if (dynamics.Joint.Where(histogram => histogram.Layer == number).ToList() is { Count: > 0 } joint)
            JointHistogramView.Show(joint, dynamics.LayerNames[joint[0].Layer - 1], screen);
    }

    private static string Records(VariantChain chain) => chain.Steps is [var only]
        ? $"one record, of step {NumberText.Count(only)}"
        : $"{NumberText.Plural(chain.Steps.Count, "record")} from step {NumberText.Count(chain.Steps[0])} to step {NumberText.Count(chain.Steps[^1])}, {NumberText.General(chain.StepsBetween)} steps apart";

    /// <summary>What counts in part, or not at all.</summary>
    private static IEnumerable<string> Censored(VariantChain chain)
    {
        var members = NumberText.Plural(chain.Members.Count, "member");
        var diverged = chain.Members.Count(member => member.Status == MemberStatus.Diverged);
        if (diverged > 0) yield return $"{NumberText.Count(diverged)} of {members} diverged: what was recorded before counts, and nothing after it";
        var unfinished = chain.Members.Count(member => member.Status is MemberStatus.Running or MemberStatus.Stopped);
        if (unfinished > 0) yield return $"{NumberText.Count(unfinished)} of {members} did not come to the last step: what was recorded counts";
        var unknown = chain.Places.Sum(place => place.Unknown);
        if (unknown > 0)
        {
            var reason = chain.Route.RecurrentLayer is null ? "δ is not finite" : "δ is not finite, or the sequences had ended";
            yield return $"{NumberText.Plural(unknown, "state")} can't be told ({reason}) and count neither as alive nor as vanished";
        }
    }
}
