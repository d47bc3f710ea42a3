using GradTorch.Analysis.Verdicts;
using GradTorch.Runs;

namespace GradTorch.Analysis.Comparisons;

/// <summary>A member as it is compared: by how it stood at its last evaluation on the test split.</summary>
/// <param name="Step">Of that evaluation; null if there was none, and so are <paramref name="Loss"/> and
/// <paramref name="Accuracy"/>.</param>
/// <param name="Accuracy">0 to 1; null where there is no right and wrong.</param>
/// <param name="StepsToTarget">The step of the first evaluation that reached the target; null if none did, or without a target.
/// </param>
/// <param name="Verdicts">Null if no gradient of it was recorded.</param>
public sealed record ComparedMember(
    long Seed, MemberStatus Status, long? Step, double? Loss, double? Accuracy, long? StepsToTarget, MemberVerdicts? Verdicts)
{
    /// <summary>Its evaluations on the test split, in their order.</summary>
    public IReadOnlyList<EvaluationRow> Tests { get; private init; } = [];

    public bool Diverged => Status == MemberStatus.Diverged;

    /// <summary>Neither to its last step nor diverged.</summary>
    public bool Unfinished => Status is MemberStatus.Running or MemberStatus.Stopped;

    internal static ComparedMember Of(MemberSummary member, RunVerdicts? verdicts, ComparedTarget? target)
    {
        var row = member.Row;
        return new ComparedMember(
            row.Seed, row.Status, member.Test?.Step, member.Test?.Loss, member.Test?.Accuracy, target?.FirstIn(member.Tests),
            verdicts?.Members.FirstOrDefault(own => own.Member == row.Member)) { Tests = member.Tests };
    }
}
