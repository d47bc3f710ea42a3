using GradTorch.Data;
using static TorchSharp.torch;

namespace GradTorch.Training;

/// <summary>(output − target)², the mean over the outputs.</summary>
public sealed class MeanSquaredError : Loss
{
    /// <summary>A real number is never exactly right.</summary>
    public override bool HasHits => false;

    public override Tensor PerExample(Tensor outputs, Batch batch) => outputs.sub(batch.Targets).square().mean([2]);

    public override Tensor? Hits(Tensor outputs, Batch batch) => null;
}
