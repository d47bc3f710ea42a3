using GradTorch.Analysis.Statistics;

namespace GradTorch.Analysis.Dynamics;

/// <summary>How often a state was left for the other from one record to the next, over all members together.</summary>
/// <param name="Count">How often it was.</param>
/// <param name="Chances">How often it was there with the next state known.</param>
/// <param name="Members">Members with such a chance, which are the independent ones.</param>
/// <param name="MembersLeft">Those of them that left it at least once.</param>
public sealed record StateExit(int Count, int Chances, int Members, int MembersLeft)
{
    /// <summary>Of leaving it from one record to the next. Its interval takes the records of a member for independent, as they are in a
    /// chain whose next state depends on the present one only. Null without a chance.</summary>
    public Proportion? Probability { get; } = Proportion.Of(Count, Chances);

    /// <summary>Records until it is left, in the mean: 1/p of the geometric distribution, with the bounds 1/p of the interval's. Infinite
    /// where it never was left, and the lower bound is what is known.</summary>
    public (double Mean, double Low, double High)? Records =>
        Probability is { } p ? (1 / p.Share, 1 / p.High, 1 / p.Low) : null;

    internal static StateExit Of(GradientState state, IEnumerable<MemberStates> members, int place)
    {
        var own = members.Select(member => member.Transitions(place).Where(pair => pair.From == state).ToList()).Where(pairs => pairs.Count > 0).ToList();
        bool Leaves((GradientState From, GradientState To) pair) => pair.To != state;
        return new StateExit(
            own.Sum(pairs => pairs.Count(Leaves)), own.Sum(pairs => pairs.Count), own.Count, own.Count(pairs => pairs.Exists(Leaves)));
    }
}
