using GradTorch.Data;
using GradTorch.Gradients;
using GradTorch.Models;
using static TorchSharp.torch;

namespace GradTorch.Training;

/// <summary>Loss and accuracy of every member on a split.</summary>
/// <param name="Step">After how many updates.</param>
/// <param name="Losses">Mean loss of each member.</param>
/// <param name="Accuracies">0 to 1, of each member; null where there is no right and wrong.</param>
public sealed record Evaluation(long Step, string Split, double[] Losses, double[]? Accuracies)
{
    /// <summary>Examples that go through the network together, or their timesteps where there are more.</summary>
    private const long Chunk = 1000, ChunkTimesteps = 50_000;

    /// <summary>The same for all members together, so that it is not many of them that fill the memory; but not fewer examples than
    /// <see cref="LeastChunk"/>.</summary>
    private const long ChunkOfMembers = 32_000, LeastChunk = 32;

    /// <summary>With the model in evaluation mode; afterwards it is in the mode it was in.</summary>
    /// <returns>Null if it was cancelled before its last example.</returns>
    public static Evaluation? Of(
        EnsembleModel model, Loss loss, Examples examples, DataShape shape, long step, string split,
        CancellationToken cancellation = default)
    {
        var training = model.training;
        model.eval();
        try
        {
            return InEvaluationMode(model, loss, examples, shape, step, split, cancellation);
        }
        finally
        {
            model.train(training);
        }
    }

    private static Evaluation? InEvaluationMode(
        EnsembleModel model, Loss loss, Examples examples, DataShape shape, long step, string split,
        CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var values = model.Parameters.Values;
        var members = values.shape[0];
        var most = Math.Clamp(ChunkOfMembers / members, LeastChunk, Chunk);
        var chunk = Math.Clamp(ChunkTimesteps / Math.Max(shape.Timesteps, 1), 1, most);
        var totals = zeros([2, members], float64, values.device);
        for (long start = 0; start < examples.Count; start += chunk)
        {
            if (cancellation.IsCancellationRequested) return null;
            using var chunkScope = NewDisposeScope();
            var batch = examples.Range(start, Math.Min(chunk, examples.Count - start)).ForMembers(members);
            var outputs = model.Outputs(batch);
            totals[0].add_(loss.PerExample(outputs, batch).to(float64).sum(1));
            if (loss.Hits(outputs, batch) is { } hits) totals[1].add_(hits.to(float64).sum(1));
        }
        var means = HostCopy.Doubles(totals.div_(examples.Count));
        return new Evaluation(step, split, means[..(int)members], loss.HasHits ? means[(int)members..] : null);
    }
}
