using GradTorch.Data;
using static TorchSharp.torch;

namespace GradTorch.Training;

/// <summary>−log softmax(outputs_t)[class_t], the mean over the timesteps that the example has.</summary>
public sealed class CrossEntropyPerTimestep : Loss
{
    public override bool HasHits => true;

    public override Tensor PerExample(Tensor outputs, Batch batch) =>
        OverTime(CrossEntropy.PerExample(outputs, batch.Targets), batch.Lengths);

    public override Tensor Hits(Tensor outputs, Batch batch) =>
        OverTime(CrossEntropy.Hits(outputs, batch.Targets).to(outputs.dtype), batch.Lengths);

    private static Tensor OverTime(Tensor values_STB, Tensor? lengths_SB)
    {
        if (lengths_SB is null) return values_STB.mean([1]);
        var timesteps = arange(values_STB.shape[1], int64, values_STB.device).view(1, -1, 1);
        var counts = timesteps.lt(lengths_SB.unsqueeze(1));
        return where(counts, values_STB, zeros_like(values_STB)).sum(1).div(lengths_SB);
    }
}
