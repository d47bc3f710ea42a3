using GradTorch.Analysis.Statistics;

namespace GradTorch.Analysis.Dynamics;

/// <summary>What is known of the way back from a vanished gradient.</summary>
public enum VanishingStreet
{
    /// <summary>No record follows one with a vanished gradient.</summary>
    Unseen,

    /// <summary>No member ever came back.</summary>
    OneWay,

    /// <summary>At least one came back.</summary>
    TwoWay,
}

/// <summary>The two-state chain of a layer or timestep, from one record to the next.</summary>
/// <param name="Place">Its number, from 1.</param>
/// <param name="Vanishing">From alive to vanished: its <see cref="StateExit.Records"/> is the expected time to absorption.</param>
/// <param name="Return">From vanished to alive.</param>
/// <param name="VanishedFirst">Members in which it had vanished at their first record.</param>
/// <param name="VanishedLast">The same at their last one.</param>
/// <param name="Unknown">Records of all members in which the state can't be told.</param>
public sealed record PlaceChain(
    int Place, string Name, StateExit Vanishing, StateExit Return, int VanishedFirst, int VanishedLast, int Unknown)
{
    public VanishingStreet Street => Return switch
    {
        { Chances: 0 } => VanishingStreet.Unseen,
        { Count: 0 } => VanishingStreet.OneWay,
        _ => VanishingStreet.TwoWay,
    };

    /// <summary>On a one-way street, the one-sided 95 % bound of the probability to come back from one record to the next; else null.
    /// </summary>
    public double? ReturnBound => Street == VanishingStreet.OneWay ? Proportion.BoundOfNever(Return.Chances) : null;

    /// <summary>The same bound of the share of members that would come back at least once in such a run, which takes only members for
    /// independent.</summary>
    public double? MemberReturnBound => Street == VanishingStreet.OneWay ? Proportion.BoundOfNever(Return.Members) : null;

    /// <param name="members">With one record at least.</param>
    internal static PlaceChain Of(int index, string name, IReadOnlyList<MemberStates> members)
    {
        int Vanished(Func<MemberStates, IReadOnlyList<GradientState>> record) => members.Count(member => record(member)[index] == GradientState.Vanished);
        return new PlaceChain(
            index + 1, name, StateExit.Of(GradientState.Alive, members, index), StateExit.Of(GradientState.Vanished, members, index),
            Vanished(member => member.Places[0]), Vanished(member => member.Places[^1]),
            members.Sum(member => member.Places.Count(record => record[index] == GradientState.Unknown)));
    }
}
