using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using GradTorch.Training;

namespace GradTorch.Configuration;

/// <summary>The optimiser and its constants.</summary>
public sealed record OptimizerSection : IValidatableObject
{
    [Description("Name of the optimiser.")]
    [OneOf(typeof(OptimizerRegistry), "an optimiser")]
    public string Kind { get; init; } = "sgd";

    [Description("Learning rate.")]
    [Range(0.0, double.PositiveInfinity, MinimumIsExclusive = true)]
    [VariesByMember]
    public double Lr { get; init; } = 0.01;

    [Description("Momentum of sgd; adam does not use it.")]
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Momentum { get; init; }

    [Description("Nesterov's form of momentum, for sgd; needs momentum above 0.")]
    public bool Nesterov { get; init; }

    [Description("L2 penalty: this times the weight is added to its gradient.")]
    [Range(0.0, double.PositiveInfinity)]
    public double WeightDecay { get; init; }

    [Description("Decay β1 of adam's mean of gradients; sgd does not use it.")]
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Beta1 { get; init; } = 0.9;

    [Description("Decay β2 of adam's mean of squared gradients; sgd does not use it.")]
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Beta2 { get; init; } = 0.999;

    [Description("ε added to adam's denominator; sgd does not use it.")]
    [Range(0.0, double.PositiveInfinity, MinimumIsExclusive = true)]
    public double Epsilon { get; init; } = 1e-8;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Nesterov && Momentum == 0)
        {
            yield return new ValidationResult(
                "found true, but momentum is 0; allowed: true with a momentum above 0, or false",
                [nameof(Nesterov), nameof(Momentum)]);
        }
    }
}
