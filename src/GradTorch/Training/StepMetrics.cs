using GradTorch.Backends;
using static TorchSharp.torch;

namespace GradTorch.Training;

/// <summary>What every step records of every member, in float64 on the device.</summary>
public sealed class StepMetrics : IDisposable
{
    public const string Loss = "loss", GradientNorm = "gradient_norm", LearningRate = "learning_rate", Accuracy = "accuracy",
        ClippedGradientNorm = "clipped_gradient_norm", Clipped = "clipped", Omega = "omega", LossScale = "loss_scale",
        LeftOut = "left_out";

    private const int LossColumn = 0, GradientNormColumn = 1;

    private readonly Tensor[] _columns;
    private readonly int _leftOut;

    /// <param name="hasAccuracy">Whether the loss says what is right.</param>
    /// <param name="clips">Whether gradients are clipped: then their norm after it, and whether it clipped (1 or 0), are
    /// recorded too.</param>
    /// <param name="regularises">Whether Ω is added to the loss: then it is recorded beside it.</param>
    /// <param name="scales">Whether the loss is scaled: then the scale, and whether the update was left out (1 or 0), are recorded.</param>
    public StepMetrics(Tensor rates_S, bool hasAccuracy, bool clips = false, bool regularises = false, bool scales = false)
    {
        Names = NamesOf(hasAccuracy, clips, regularises, scales);
        _leftOut = scales ? IndexOf(LeftOut) : -1;
        Values = zeros([rates_S.shape[0], Names.Count], float64, rates_S.device).DetachFromDisposeScope();
        _columns = [.. Names.Select((_, index) => Values.select(1, index).DetachFromDisposeScope())];
        SetRates(rates_S);
    }

    /// <summary>Of the columns of <see cref="Values"/>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>(S, names).</summary>
    public Tensor Values { get; }

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">This is not recorded.</exception>
    public int IndexOf(string name)
    {
        for (var index = 0; index < Names.Count; index++)
        {
            if (Names[index] == name) return index;
        }
        throw new ArgumentException($"'{name}' is not recorded", nameof(name));
    }

    /// <summary>One figure of all members, (S): the column itself, not a copy. It belongs to this object.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public Tensor Column(string name) => _columns[IndexOf(name)];

    public void SetRates(Tensor rates_S) => Column(LearningRate).copy_(rates_S);

    /// <param name="losses_S">Each member's mean loss.</param>
    /// <param name="hits_SB">Each example's hit or miss, where there is an accuracy.</param>
    /// <param name="gradients_SP">All gradients.</param>
    public void Set(Tensor losses_S, Tensor? hits_SB, Tensor gradients_SP, ITorchBackend backend)
    {
        _columns[LossColumn].copy_(losses_S.detach());
        if (hits_SB is not null) Column(Accuracy).copy_(hits_SB.to(float32).mean([1]));
        backend.MeasureNorm(gradients_SP, Values, GradientNormColumn);
    }

    /// <returns>bool (S): loss and gradient norm are finite numbers.</returns>
    public Tensor Finite() => FiniteLoss().logical_and_(FiniteGradient());

    /// <returns>bool (S).</returns>
    public Tensor FiniteLoss() => _columns[LossColumn].isfinite();

    /// <returns>bool (S).</returns>
    public Tensor FiniteGradient() => _columns[GradientNormColumn].isfinite();

    public static IReadOnlyList<string> NamesOf(bool hasAccuracy, bool clips = false, bool regularises = false, bool scales = false)
    {
        List<string> names = [Loss, GradientNorm, LearningRate];
        if (hasAccuracy) names.Add(Accuracy);
        if (clips) names.AddRange([ClippedGradientNorm, Clipped]);
        if (regularises) names.Add(Omega);
        if (scales) names.AddRange([LossScale, LeftOut]);
        return names;
    }

    /// <summary>Whether a member can go on after the step of this row.</summary>
    public bool IsFinite(ReadOnlySpan<double> row) => double.IsFinite(row[LossColumn])
        && (double.IsFinite(row[GradientNormColumn]) || (_leftOut >= 0 && row[_leftOut] == 1));

    public void Dispose()
    {
        foreach (var column in _columns) column.Dispose();
        Values.Dispose();
    }
}
