using GradTorch.Data;
using static TorchSharp.torch;

namespace GradTorch.Training;

/// <summary>−log softmax(outputs)[class].</summary>
public sealed class CrossEntropy : Loss
{
    public override bool HasHits => true;

    public override Tensor PerExample(Tensor outputs, Batch batch) => PerExample(outputs, batch.Targets);

    public override Tensor Hits(Tensor outputs, Batch batch) => Hits(outputs, batch.Targets);

    /// <param name="logits">(…, C).</param>
    /// <param name="classes">(…), int64.</param>
    /// <returns>(…).</returns>
    internal static Tensor PerExample(Tensor logits, Tensor classes) => nn.functional
        .cross_entropy(logits.reshape(-1, logits.shape[^1]), classes.reshape(-1), reduction: nn.Reduction.None)
        .view(classes.shape);

    /// <returns>bool (…): the largest logit is that of the class.</returns>
    internal static Tensor Hits(Tensor logits, Tensor classes) => logits.argmax(-1).eq(classes);
}
