namespace GradTorch.Runs;

/// <summary>What became of a member.</summary>
public enum MemberStatus
{
    Running,

    /// <summary>It did all its steps with finite numbers.</summary>
    Finished,

    /// <summary>A loss, gradient or weight of it became NaN or infinite.</summary>
    Diverged,

    /// <summary>The run was stopped before its last step.</summary>
    Stopped,
}

/// <summary>A row of table member: one network of the ensemble and what sets it apart. A number that has no use in its
/// experiment is null.</summary>
/// <param name="Member">From 0.</param>
/// <param name="Seed">Of its initial weights, data order and dropout.</param>
/// <param name="LearningRate">As configured, before any schedule.</param>
/// <param name="Gain">Of its initial weights.</param>
/// <param name="WeightVariance">σw² of its initial weights.</param>
/// <param name="BiasVariance">Of its initial biases.</param>
/// <param name="Slope">Of its activation.</param>
/// <param name="BackwardScale">Of its surrogate derivative; null with the exact one.</param>
/// <param name="ClipThreshold">Of its gradients; null where they are not clipped.</param>
/// <param name="RecurrentGain">Of its initial recurrent weights.</param>
/// <param name="RecurrentWeightVariance">σw² of these.</param>
/// <param name="Status">Diverged if and only if <paramref name="DivergedStep"/> is given.</param>
/// <param name="DivergedStep">The first step with a non-finite number.</param>
/// <param name="DivergedLayer">The layer where it was, from 1; null if it was not in a hidden layer.</param>
/// <param name="DivergedTimestep">The timestep where it was, from 1; null if it was not in one timestep of a recurrent layer.</param>
public sealed record MemberRow(
    int Member,
    long Seed,
    double LearningRate,
    double? Gain,
    double? WeightVariance,
    double? BiasVariance,
    double? Slope,
    double? BackwardScale = null,
    double? ClipThreshold = null,
    double? RecurrentGain = null,
    double? RecurrentWeightVariance = null,
    MemberStatus Status = MemberStatus.Running,
    long? DivergedStep = null,
    int? DivergedLayer = null,
    int? DivergedTimestep = null);
