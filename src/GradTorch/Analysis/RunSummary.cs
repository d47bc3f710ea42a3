using GradTorch.Analysis.Verdicts;
using GradTorch.Runs;

namespace GradTorch.Analysis;

/// <summary>What came of a run, read from its run directory.</summary>
/// <param name="Layers">Medians over all members; null if no gradients were recorded.</param>
/// <param name="Timesteps">Medians over all members; null for networks without time, and if no gradients were recorded.</param>
/// <param name="Verdicts">On its members' gradients; null if none were recorded.</param>
/// <param name="Varied">The numbers in which members differ, beside their seeds.</param>
/// <param name="Groups">The members by these numbers.</param>
public sealed record RunSummary(
    IReadOnlyList<MemberSummary> Members, LayerProfile? Layers, TimestepProfile? Timesteps,
    RunVerdicts? Verdicts, IReadOnlyList<MemberSetting> Varied, IReadOnlyList<MemberGroup> Groups)
{
    /// <summary>What the experiment asks to be measured; null if no gradients were recorded.</summary>
    public MeasureProfile? Measured { get; init; }

    /// <summary>That anything was recorded of; null if nothing was.</summary>
    public long? LastStep { get; init; }

    /// <summary>Members that did.</summary>
    public int Diverged => Groups.Sum(group => group.Diverged);

    /// <summary>The last evaluations of the members that did not diverge.</summary>
    public IEnumerable<EvaluationRow> Tests => Groups.SelectMany(group => group.Tests);

    /// <summary>All that in a line.</summary>
    public RunResult Result
    {
        get
        {
            EvaluationRow[] tests = [.. Tests];
            double[] accuracies = [.. tests.Select(test => test.Accuracy).OfType<double>()];
            return new RunResult(
                Members.Count, Diverged, tests.Length == 0 ? null : Median.Of(tests.Select(test => test.Loss)),
                accuracies.Length == 0 ? null : Median.Of(accuracies),
                (Verdicts?.Members ?? []).CountBy(member => member.Last.Fate.Name()).ToDictionary());
        }
    }

    /// <exception cref="RunException">The run's database or configuration can't be read.</exception>
    public static RunSummary Read(RunDirectory directory)
    {
        var config = directory.ReadConfig();
        var limits = new GradientLimits(config.Number("verdict:vanishing"), config.Number("verdict:exploding"));
        return RunDatabaseReader.Read(directory.DatabaseFile, database => Of(database, limits));
    }

    private static RunSummary Of(RunDatabaseReader database, GradientLimits limits)
    {
        var evaluations = database.Evaluations().Where(row => row.Split == "test").ToLookup(row => row.Member);
        MemberSummary[] members = [.. database.Members().Select(row => new MemberSummary(row, [.. evaluations[row.Member]]))];
        MemberSetting[] varied =
            [.. MemberSetting.All.Where(setting => members.Select(member => setting.Value(member.Row)).Distinct().Count() > 1)];
        var records = LayerRecords.Read(database);
        int[] all = [.. members.Select(member => member.Row.Member)];
        var layers = records is null ? null : LayerProfile.Of(records, all);
        return new RunSummary(
            members,
            layers,
            layers is null ? null : TimestepsOf(database, layers, all),
            RunVerdicts.Read(database, limits),
            varied,
            MemberGroup.Of(members, varied, records))
        {
            Measured = layers is null ? null : MeasureProfile.Read(database, layers.FirstStep, layers.LastStep),
            LastStep = database.LastStep(),
        };
    }

    private static TimestepProfile? TimestepsOf(RunDatabaseReader database, LayerProfile layers, int[] members) =>
        TimestepRecords.Read(database, layers.FirstStep, layers.LastStep) is { } records
            ? TimestepProfile.Of(records, members, [.. layers.Layers.Select(layer => layer.Name)])
            : null;
}

/// <summary>What came of a member.</summary>
/// <param name="Tests">Its evaluations on the test split, in their order.</param>
public sealed record MemberSummary(MemberRow Row, IReadOnlyList<EvaluationRow> Tests)
{
    /// <summary>The last of its evaluations; null if it never came so far.</summary>
    public EvaluationRow? Test => Tests is [.., var last] ? last : null;
}
