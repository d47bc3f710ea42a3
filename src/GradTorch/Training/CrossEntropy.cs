using static TorchSharp.torch;

namespace GradTorch.Training;

/// <summary>−log softmax(logits)[label], as the mean over each member's own batch.</summary>
public static class CrossEntropy
{
    /// <param name="logits_SBC">(S, B, C).</param>
    /// <param name="labels_SB">(S, B), int64.</param>
    /// <returns>Each example's loss (S, B).</returns>
    public static Tensor PerExample(Tensor logits_SBC, Tensor labels_SB)
    {
        var classes = logits_SBC.shape[^1];
        return nn.functional
            .cross_entropy(logits_SBC.reshape(-1, classes), labels_SB.reshape(-1), reduction: nn.Reduction.None)
            .view(labels_SB.shape);
    }

    /// <returns>Each example's hit or miss, bool (S, B).</returns>
    public static Tensor Hits(Tensor logits_SBC, Tensor labels_SB) => logits_SBC.argmax(-1).eq(labels_SB);
}
