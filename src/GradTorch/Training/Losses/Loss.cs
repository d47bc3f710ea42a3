using GradTorch.Data;
using static TorchSharp.torch;

namespace GradTorch.Training;

/// <summary>What is minimised: the mean over each member's own batch.</summary>
public abstract class Loss
{
    /// <param name="outputs">(S, B, outputs), or (S, T, B, outputs) where every timestep has a target.</param>
    /// <returns>Each example's loss (S, B), differentiable.</returns>
    public abstract Tensor PerExample(Tensor outputs, Batch batch);

    /// <summary>Whether there is right and wrong, and so an accuracy.</summary>
    public abstract bool HasHits { get; }

    /// <returns>Of each example, the part that is right, 0 to 1, as (S, B); null without <see cref="HasHits"/>.</returns>
    public abstract Tensor? Hits(Tensor outputs, Batch batch);
}
