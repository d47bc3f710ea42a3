using GradTorch.Backends;
using static TorchSharp.torch;

namespace GradTorch.Training;

/// <summary>What every step records of every member, in float64 on the device.</summary>
public sealed class StepMetrics : IDisposable
{
    private const int Loss = 0, GradientNorm = 1, LearningRate = 2, Accuracy = 3;

    private readonly Tensor[] _columns;

    /// <param name="hasAccuracy">Whether the loss says what is right.</param>
    public StepMetrics(Tensor rates_S, bool hasAccuracy)
    {
        Names = NamesOf(hasAccuracy);
        Values = zeros([rates_S.shape[0], Names.Count], float64, rates_S.device).DetachFromDisposeScope();
        _columns = [.. Names.Select((_, index) => Values.select(1, index).DetachFromDisposeScope())];
        _columns[LearningRate].copy_(rates_S);
    }

    /// <summary>Of the columns of <see cref="Values"/>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>(S, names).</summary>
    public Tensor Values { get; }

    /// <param name="losses_S">Each member's mean loss.</param>
    /// <param name="hits_SB">Each example's hit or miss, where there is an accuracy.</param>
    /// <param name="gradients_SP">All gradients.</param>
    public void Set(Tensor losses_S, Tensor? hits_SB, Tensor gradients_SP, ITorchBackend backend)
    {
        _columns[Loss].copy_(losses_S.detach());
        if (hits_SB is not null) _columns[Accuracy].copy_(hits_SB.to(float32).mean([1]));
        backend.MeasureNorm(gradients_SP, Values, GradientNorm);
    }

    /// <returns>bool (S): loss and gradient norm are finite numbers.</returns>
    public Tensor Finite() => _columns[Loss].isfinite().logical_and_(_columns[GradientNorm].isfinite());

    public static IReadOnlyList<string> NamesOf(bool hasAccuracy) =>
        hasAccuracy ? ["loss", "gradient_norm", "learning_rate", "accuracy"] : ["loss", "gradient_norm", "learning_rate"];

    public static bool IsFinite(ReadOnlySpan<double> row) =>
        double.IsFinite(row[Loss]) && double.IsFinite(row[GradientNorm]);

    public void Dispose()
    {
        foreach (var column in _columns) column.Dispose();
        Values.Dispose();
    }
}
