using GradTorch.Runs;

namespace GradTorch.Analysis;

/// <summary>What came of a run, read from its run directory.</summary>
/// <param name="Layers">Null if no gradients were recorded.</param>
public sealed record RunSummary(IReadOnlyList<MemberSummary> Members, LayerProfile? Layers)
{
    /// <exception cref="RunException">The run's database can't be read.</exception>
    public static RunSummary Read(RunDirectory directory)
    {
        using var database = RunDatabaseReader.Open(directory.DatabaseFile);
        var evaluations = database.Evaluations().Where(row => row.Split == "test")
            .GroupBy(row => row.Member)
            .ToDictionary(member => member.Key, member => member.Last());
        return new RunSummary(
            [
                .. database.Members().Select(member => new MemberSummary(
                    member, evaluations.TryGetValue(member.Member, out var row) ? row : null)),
            ],
            LayerProfile.Read(database));
    }
}

/// <summary>What came of a member.</summary>
/// <param name="Test">Its last evaluation on the test split; null if it never came so far.</param>
public sealed record MemberSummary(MemberRow Row, EvaluationRow? Test);
