using GradTorch.Runs;

namespace GradTorch.Analysis;

/// <summary>What came of a run, read from its run directory.</summary>
/// <param name="Layers">Medians over all members; null if no gradients were recorded.</param>
/// <param name="Timesteps">Medians over all members; null for networks without time, and if no gradients were recorded.</param>
/// <param name="Varied">The numbers in which members differ, beside their seeds.</param>
/// <param name="Groups">The members by these numbers.</param>
public sealed record RunSummary(
    IReadOnlyList<MemberSummary> Members, LayerProfile? Layers, TimestepProfile? Timesteps,
    IReadOnlyList<MemberSetting> Varied, IReadOnlyList<MemberGroup> Groups)
{
    /// <summary>What the experiment asks to be measured; null if no gradients were recorded.</summary>
    public MeasureProfile? Measured { get; init; }

    /// <summary>Members that did.</summary>
    public int Diverged => Groups.Sum(group => group.Diverged);

    /// <summary>The last evaluations of the members that did not diverge.</summary>
    public IEnumerable<EvaluationRow> Tests => Groups.SelectMany(group => group.Tests);

    /// <exception cref="RunException">The run's database can't be read.</exception>
    public static RunSummary Read(RunDirectory directory)
    {
        using var database = RunDatabaseReader.Open(directory.DatabaseFile);
        var evaluations = database.Evaluations().Where(row => row.Split == "test")
            .GroupBy(row => row.Member)
            .ToDictionary(member => member.Key, member => member.Last());
        MemberSummary[] members =
        [
            .. database.Members().Select(row => new MemberSummary(
                row, evaluations.TryGetValue(row.Member, out var test) ? test : null)),
        ];
        MemberSetting[] varied =
            [.. MemberSetting.All.Where(setting => members.Select(member => setting.Value(member.Row)).Distinct().Count() > 1)];
        var records = LayerRecords.Read(database);
        int[] all = [.. members.Select(member => member.Row.Member)];
        var layers = records is null ? null : LayerProfile.Of(records, all);
        return new RunSummary(
            members,
            layers,
            layers is null ? null : TimestepsOf(database, layers, all),
            varied,
            MemberGroup.Of(members, varied, records))
        {
            Measured = layers is null ? null : MeasureProfile.Read(database, layers.FirstStep, layers.LastStep),
        };
    }

    private static TimestepProfile? TimestepsOf(RunDatabaseReader database, LayerProfile layers, int[] members) =>
        TimestepRecords.Read(database, layers.FirstStep, layers.LastStep) is { } records
            ? TimestepProfile.Of(records, members, [.. layers.Layers.Select(layer => layer.Name)])
            : null;
}

/// <summary>What came of a member.</summary>
/// <param name="Test">Its last evaluation on the test split; null if it never came so far.</param>
public sealed record MemberSummary(MemberRow Row, EvaluationRow? Test);
