using GradTorch.Data;
using GradTorch.Gradients;
using GradTorch.Models;
using static TorchSharp.torch;

namespace GradTorch.Training;

/// <summary>Loss and accuracy of every member on a split.</summary>
/// <param name="Step">After how many updates.</param>
/// <param name="Losses">Mean loss of each member.</param>
/// <param name="Accuracies">0 to 1, of each member.</param>
public sealed record Evaluation(long Step, string Split, double[] Losses, double[] Accuracies)
{
    /// <summary>Examples that go through the network together.</summary>
    private const long Chunk = 1000;

    /// <summary>With the model in evaluation mode; afterwards it is in the mode it was in.</summary>
    public static Evaluation Of(EnsembleModel model, Examples examples, long step, string split)
    {
        var training = model.training;
        model.eval();
        try
        {
            return InEvaluationMode(model, examples, step, split);
        }
        finally
        {
            model.train(training);
        }
    }

    private static Evaluation InEvaluationMode(EnsembleModel model, Examples examples, long step, string split)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var values = model.Parameters.Values;
        var members = values.shape[0];
        var totals = zeros([2, members], float64, values.device);
        for (long start = 0; start < examples.Count; start += Chunk)
        {
            using var chunkScope = NewDisposeScope();
            var (inputs, labels) = examples.Range(start, Math.Min(Chunk, examples.Count - start));
            var count = labels.shape[0];
            var labels_SB = labels.unsqueeze(0).expand(members, count);
            var logits = model.call(inputs.expand(members, count, examples.Features));
            totals[0].add_(CrossEntropy.PerExample(logits, labels_SB).to(float64).sum(1));
            totals[1].add_(CrossEntropy.Hits(logits, labels_SB).to(float64).sum(1));
        }
        var means = HostCopy.Doubles(totals.div_(examples.Count));
        return new Evaluation(step, split, means[..(int)members], means[(int)members..]);
    }
}
