using GradTorch.Runs;

namespace GradTorch.Analysis;

/// <summary>Members that differ in their seeds only.</summary>
/// <param name="Values">Their value of each of <see cref="RunSummary.Varied"/>; null where it is not in use.</param>
/// <param name="Members">In order.</param>
/// <param name="Layers">Medians over these members; null if no gradients were recorded.</param>
public sealed record MemberGroup(
    IReadOnlyList<double?> Values, IReadOnlyList<MemberSummary> Members, LayerProfile? Layers)
{
    public int Diverged => Members.Count(member => member.Row.Status == MemberStatus.Diverged);

    /// <summary>The last evaluations of those that did not diverge.</summary>
    public IEnumerable<EvaluationRow> Tests => Members
        .Where(member => member.Row.Status != MemberStatus.Diverged && member.Test is not null)
        .Select(member => member.Test!.Value);

    /// <summary>The groups of a run's members, in the order of their first members; a single one where only seeds
    /// differ.</summary>
    internal static IReadOnlyList<MemberGroup> Of(
        IReadOnlyList<MemberSummary> members, IReadOnlyList<MemberSetting> varied, LayerRecords? records)
    {
        var groups = members.GroupBy(member => string.Join(' ', varied.Select(setting => Bits(setting.Value(member.Row)))));
        return
        [
            .. groups.Select(group => new MemberGroup(
                [.. varied.Select(setting => setting.Value(group.First().Row))],
                [.. group],
                records is null ? null : LayerProfile.Of(records, [.. group.Select(member => member.Row.Member)]))),
        ];
    }

    private static long? Bits(double? value) => value is { } number ? BitConverter.DoubleToInt64Bits(number) : null;
}
