using GradTorch.Runs;

namespace GradTorch.Analysis.Dynamics;

/// <summary>The states of a member, record after record.</summary>
/// <param name="Status">A member that diverged has no records after that step: it is censored there.</param>
/// <param name="Steps">Of its records, in order.</param>
/// <param name="Places">Of each record, the states of all places, from the input or from the first timestep on.</param>
public sealed record MemberStates(
    int Member, long Seed, MemberStatus Status, IReadOnlyList<long> Steps, IReadOnlyList<IReadOnlyList<GradientState>> Places)
{
    /// <summary>Two records that follow one another, with both states known.</summary>
    public IEnumerable<(GradientState From, GradientState To)> Transitions(int place) => Places.Zip(Places.Skip(1))
        .Select(pair => (From: pair.First[place], To: pair.Second[place]))
        .Where(pair => pair is { From: not GradientState.Unknown, To: not GradientState.Unknown });

    /// <summary>The record before which no more than so many steps were done; null if there is none after the first.</summary>
    public int? RecordWithin(long steps)
    {
        var count = Steps.Count(step => step <= Steps[0] + steps);
        return count > 1 ? count - 1 : null;
    }
}
