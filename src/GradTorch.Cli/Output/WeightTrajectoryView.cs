using GradTorch.Analysis.Dynamics;
using GradTorch.Analysis.Verdicts;
using GradTorch.Cli.Terminals;
using GradTorch.Runs;

namespace GradTorch.Cli.Output;

/// <summary>Where the weights of each member went, as people read it.</summary>
internal static class WeightTrajectoryView
{
    /// <summary>Members that are shown; more are for machines.</summary>
    private const int Most = 24;

    public static void Show(IReadOnlyList<WeightTrajectory> members, Screen screen)
    {
        screen.ShowWhole(new TextTable(
            ["member (seed)", "gradient\nfirst, last record", "‖W‖\nfirst", "‖W‖\nlast", "last by\nfirst", "of a layer, from", "to"],
            [.. members.Take(Most).Select(Row)]).ForScreen());
        if (members.Count > Most) screen.Line($"and {NumberText.Plural(members.Count - Most, "more member")}; --json has all");
    }

    private static string[] Row(WeightTrajectory member) =>
    [
        FormattableString.Invariant($"{member.Member} ({member.Seed})"), Fate(member), NumberText.General(member.Whole.First),
        NumberText.General(member.Whole.Last), NumberText.General(member.Whole.Ratio), Layer(member.Layers.MinBy(layer => layer.Ratio)!),
        Layer(member.Layers.MaxBy(layer => layer.Ratio)!),
    ];

    private static string Fate(WeightTrajectory member) =>
        $"{member.Fates.First.Name()}, {(member.Status == MemberStatus.Diverged ? "diverged" : member.Fates.Last.Name())}";

    private static string Layer(WeightChange layer) => $"{NumberText.General(layer.Ratio)} ({layer.Name})";
}
