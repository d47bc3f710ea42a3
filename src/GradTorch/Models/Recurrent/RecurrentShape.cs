namespace GradTorch.Models.Recurrent;

/// <summary>The sizes of a recurrent layer, and how it goes through time.</summary>
/// <param name="Inputs">D, at each timestep.</param>
/// <param name="Units">H.</param>
/// <param name="EveryOutput">Gives the hidden state of every timestep; else only the last.</param>
/// <param name="Truncate">Backward, no gradient flows from timestep t + 1 to t where t, counted from 1, is a multiple of it:
/// truncated backpropagation through time in pieces of that many timesteps. Null for all the way.</param>
/// <param name="LearntPerActivation">Numbers that the activation of an Elman layer learns: 1 for prelu.</param>
public sealed record RecurrentShape(long Inputs, long Units, bool EveryOutput, int? Truncate = null,
    int LearntPerActivation = 0);
