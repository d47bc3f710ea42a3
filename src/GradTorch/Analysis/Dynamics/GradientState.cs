namespace GradTorch.Analysis.Dynamics;

/// <summary>Whether the gradient comes through to a layer or timestep, at one record of one member.</summary>
public enum GradientState
{
    /// <summary>More than the vanishing limit's share comes through; an exploding gradient is alive, too.</summary>
    Alive,

    /// <summary>No more than that share comes through, or nothing at all.</summary>
    Vanished,

    /// <summary>It can't be told: ‖δ‖ is NaN or infinite, here or where it comes from, or the sequences have ended before that
    /// timestep.</summary>
    Unknown,
}

/// <summary>The rule by which states are told.</summary>
public static class GradientStates
{
    /// <summary>By ‖δ‖ of each place by that of the last to which a gradient comes, which for the first place is the verdict's rule.
    /// Exactly 0 has vanished, also where it is 0 everywhere; 0 at the last and more before it, as in a residual net, is alive.</summary>
    /// <param name="preactivation">‖δ‖ of each place, from the input or from the first timestep on.</param>
    /// <param name="incoming">‖∂L/∂a‖ or ‖∂L/∂h‖ of the same.</param>
    /// <param name="vanishing">The limit.</param>
    public static GradientState[] Of(IReadOnlyList<double> preactivation, IReadOnlyList<double> incoming, double vanishing)
    {
        var reached = preactivation.Count;
        while (reached > 0 && preactivation[reached - 1] == 0 && incoming[reached - 1] == 0) reached--;
        if (reached == 0) return [.. preactivation.Select(_ => GradientState.Vanished)];
        var last = preactivation[reached - 1];
        return
        [
            .. preactivation.Select((norm, place) =>
                place >= reached || !double.IsFinite(norm) || !double.IsFinite(last) ? GradientState.Unknown
                : Math.Log(norm) - Math.Log(last) > Math.Log(vanishing) ? GradientState.Alive : GradientState.Vanished),
        ];
    }
}
