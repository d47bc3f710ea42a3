using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GradTorch.Configuration;

/// <summary>The optimiser and its constants. A key that its kind has no use for is an error.</summary>
public sealed record OptimizerSection : IValidatableObject
{
    [Description("Name of the optimiser.")]
    [OneOf("an optimiser")]
    public string Kind { get; init; } = "sgd";

    [Description("Learning rate.")]
    [Range(0.0, double.PositiveInfinity, MinimumIsExclusive = true)]
    [VariesByMember]
    public double Lr { get; init; } = 0.01;

    [Description("Momentum μ of sgd and rmsprop; adam and adamw do not use it.")]
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    [UsedWith(nameof(Kind))]
    public double Momentum { get; init; }

    [Description("Nesterov's form of momentum, for sgd; needs momentum above 0.")]
    [UsedWith(nameof(Kind))]
    public bool Nesterov { get; init; }

    [Description("Weight decay λ: λ times the weight is added to its gradient; adamw takes lr λ off the weight instead.")]
    [Range(0.0, double.PositiveInfinity)]
    public double WeightDecay { get; init; }

    [Description("Decay β1 of the mean of gradients, for adam and adamw.")]
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    [UsedWith(nameof(Kind))]
    public double Beta1 { get; init; } = 0.9;

    [Description("Decay β2 of the mean of squared gradients, for adam and adamw.")]
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    [UsedWith(nameof(Kind))]
    public double Beta2 { get; init; } = 0.999;

    [Description("Decay α of the mean of squared gradients, for rmsprop.")]
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    [UsedWith(nameof(Kind))]
    public double Alpha { get; init; } = 0.99;

    [Description("Divides by the standard deviation of the gradients instead of their root mean square, for rmsprop.")]
    [UsedWith(nameof(Kind))]
    public bool Centered { get; init; }

    [Description("ε added to the denominator of adam, adamw and rmsprop.")]
    [Range(0.0, double.PositiveInfinity, MinimumIsExclusive = true)]
    [UsedWith(nameof(Kind))]
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
