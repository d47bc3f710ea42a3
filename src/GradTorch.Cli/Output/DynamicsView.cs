using GradTorch.Analysis.Dynamics;
using GradTorch.Cli.Terminals;
using GradTorch.Runs;

namespace GradTorch.Cli.Output;

/// <summary>The dynamics of gradients as people read them: the chain, the model and the weights of each variant.</summary>
internal static class DynamicsView
{
    public static void Show(VariantDynamics dynamics, Screen screen)
    {
        screen.Line($"{dynamics.Variant.Name}: {NumberText.Plural(dynamics.Members.Count, "member")}, {Records(dynamics)}");
        ChainView.Show(dynamics, screen);
        foreach (var line in Censored(dynamics)) screen.Line(line);
        VanishingModelView.Show(dynamics, screen);
        WeightTrajectoryView.Show(dynamics.Weights, screen);
    }

    private static string Records(VariantDynamics dynamics) => dynamics.Steps is [var only]
        ? $"one record, of step {NumberText.Count(only)}"
        : $"{NumberText.Plural(dynamics.Steps.Count, "record")} from step {NumberText.Count(dynamics.Steps[0])} to step {NumberText.Count(dynamics.Steps[^1])}, {NumberText.General(dynamics.StepsBetween)} steps apart";

    /// <summary>What counts in part, or not at all.</summary>
    private static IEnumerable<string> Censored(VariantDynamics dynamics)
    {
        var members = NumberText.Plural(dynamics.Members.Count, "member");
        var diverged = dynamics.Members.Count(member => member.Status == MemberStatus.Diverged);
        if (diverged > 0) yield return $"{NumberText.Count(diverged)} of {members} diverged: what was recorded before counts, and nothing after it";
        var unfinished = dynamics.Members.Count(member => member.Status is MemberStatus.Running or MemberStatus.Stopped);
        if (unfinished > 0) yield return $"{NumberText.Count(unfinished)} of {members} did not come to the last step: what was recorded counts";
        var unknown = dynamics.Chain.Sum(place => place.Unknown);
        if (unknown > 0)
        {
            var reason = dynamics.Route.RecurrentLayer is null ? "δ is not finite" : "δ is not finite, or the sequences had ended";
            yield return $"{NumberText.Plural(unknown, "state")} can't be told ({reason}) and count neither as alive nor as vanished";
        }
    }
}
