namespace GradTorch.Data;

/// <summary>The sizes of a data set: enough to plan by, known before the data are loaded.</summary>
/// <param name="Train">Training examples.</param>
/// <param name="Test">Test examples.</param>
/// <param name="Timesteps">T, the length of the longest sequence; 0 for vectors.</param>
/// <param name="Features">Numbers of a vector, or of one timestep of a sequence.</param>
/// <param name="Outputs">Classes, or real numbers to be learnt.</param>
public sealed record DataShape(
    long Train, long Test, long Timesteps, long Features, long Outputs, TargetKind Target)
{
    public bool IsSequence => Timesteps > 0;

    /// <summary>What a model for vectors gets: each sequence as one vector of T·features, timestep after timestep.</summary>
    public DataShape AsVectors() => IsSequence ? this with { Timesteps = 0, Features = Timesteps * Features } : this;
}
