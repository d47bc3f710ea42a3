using GradTorch.Activations;
using GradTorch.Configuration;
using GradTorch.Models;

namespace GradTorch.Gradients.Measurements;

/// <summary>One measurement of the registry.</summary>
/// <param name="Tables">Where in run.db it goes: tables with their columns or names.</param>
/// <param name="Models">Kinds of model that it is made for.</param>
/// <param name="Repetition">The pass that it looks at, in a kind of model.</param>
/// <param name="StepsTaken">What looking takes, in steps that record nothing, as <see cref="MeasurementCost"/> has it.</param>
/// <param name="CountNumbers">Numbers in float64 that a record has of one member.</param>
/// <param name="Create">For one model, whose parameters are there.</param>
public sealed record MeasurementEntry(
    string Name, string Description, string Tables, IReadOnlyList<string> Models, Func<string, Repetition> Repetition, double StepsTaken,
    Func<ModelShape, Precision, long> CountNumbers, Func<EnsembleModel, GradientMeasurement> Create)
{
    /// <summary>It is about a surrogate derivative, and has no use where backward is exact.</summary>
    public bool NeedsSurrogate { get; init; }

    /// <summary>The activation that it is about; null for any.</summary>
    public string? Activation { get; init; }

    /// <summary>The pass need not go back for it.</summary>
    public bool ForwardOnly { get; init; }

    /// <summary>Why it is of no use to a model; null where it is.</summary>
    public string? Unfit(ModelSection model) =>
        !Models.Contains(model.Kind) ? $"is for {string.Join(", ", Models)}, and model:kind is '{model.Kind}'"
        : Activation is { } one && model.Activation.Forward != one ? $"is for {one}, and model:activation:forward is '{model.Activation.Forward}'"
        : NeedsSurrogate && model.Activation.Backward == BackwardRegistry.Exact
            ? $"has no use without a surrogate derivative, and model:activation:backward is '{BackwardRegistry.Exact}'"
            : null;
}
