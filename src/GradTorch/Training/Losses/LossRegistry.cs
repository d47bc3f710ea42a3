using GradTorch.Configuration;
using GradTorch.Data;

namespace GradTorch.Training;

/// <summary>The losses that an experiment can name.</summary>
[RegistryOf("a loss")]
public static class LossRegistry
{
    /// <summary>In place of a name: the loss that fits the data's target.</summary>
    public const string Auto = "auto";

    /// <summary>For each kind of target, the first that fits it is what <see cref="Auto"/> takes.</summary>
    public static IReadOnlyList<LossEntry> All { get; } =
    [
        new("cross-entropy", "−log softmax(o)[class]", TargetKind.Class, new CrossEntropy()),
        new("cross-entropy-per-timestep", "mean over t of −log softmax(o_t)[class_t]", TargetKind.ClassPerTimestep,
            new CrossEntropyPerTimestep()),
        new("mse", "mean over the outputs of (o − y)²", TargetKind.Real, new MeanSquaredError()),
    ];

    public static IReadOnlyList<string> Names { get; } = [Auto, .. All.Select(entry => entry.Name)];

    /// <exception cref="KeyNotFoundException">No loss has that name.</exception>
    public static LossEntry Find(string name, TargetKind target) =>
        All.FirstOrDefault(entry => name == Auto ? entry.Target == target : entry.Name == name)
        ?? throw new KeyNotFoundException($"'{name}' is not a loss");
}

/// <summary>One loss of the registry.</summary>
/// <param name="Target">The kind of target that it fits.</param>
public sealed record LossEntry(string Name, string Formula, TargetKind Target, Loss Loss);
