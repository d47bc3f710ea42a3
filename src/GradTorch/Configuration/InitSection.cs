using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GradTorch.Configuration;

/// <summary>The initial distribution of weights and biases. A key that its kind has no use for is an
/// error.</summary>
public sealed record InitSection : IValidatableObject
{
    /// <summary>In <see cref="Path"/> it stands for the member's index, from 0.</summary>
    public const string Member = "{member}";

    [Description("Name of the initialiser.")]
    [OneOf("an initialiser")]
    public string Kind { get; init; } = "xavier-normal";

    [Description("Safetensors file that file starts all members from; '{member}' in it stands for a member's number, from 0.")]
    [UsedWith(nameof(Kind))]
    public string? Path { get; init; }

    [Description("Factor on every initial weight.")]
    [UsedWith(nameof(Kind))]
    [Range(0.0, double.PositiveInfinity, MinimumIsExclusive = true)]
    [VariesByMember]
    public double Gain { get; init; } = 1.0;

    [Description("σw² of scaled-normal, whose weights are N(0, σw²/fan_in).")]
    [UsedWith(nameof(Kind))]
    [Range(0.0, double.PositiveInfinity, MinimumIsExclusive = true)]
    [VariesByMember]
    public double WeightVariance { get; init; } = 1.0;

    [Description("Which fan he-normal and he-uniform divide by: in keeps the variance of activations, out that of gradients.")]
    [UsedWith(nameof(Kind))]
    [OneOf(typeof(Fan), "a fan")]
    public Fan Fan { get; init; } = Fan.In;

    [Description("Mean of normal, truncated-normal and uniform, before the gain.")]
    [UsedWith(nameof(Kind))]
    [Range(double.NegativeInfinity, double.PositiveInfinity)]
    public double Mean { get; init; }

    [Description("Standard deviation of normal, sparse and, before it is truncated, of truncated-normal.")]
    [UsedWith(nameof(Kind))]
    [Range(0.0, double.PositiveInfinity, MinimumIsExclusive = true)]
    public double Std { get; init; } = 1.0;

    [Description("Where truncated-normal ends on either side of its mean, in standard deviations.")]
    [UsedWith(nameof(Kind))]
    [Range(0.0, double.PositiveInfinity, MinimumIsExclusive = true)]
    public double Truncation { get; init; } = 2.0;

    [Description("Half the width of uniform, whose weights are U(mean ± bound).")]
    [UsedWith(nameof(Kind))]
    [Range(0.0, double.PositiveInfinity, MinimumIsExclusive = true)]
    public double Bound { get; init; } = 1.0;

    [Description("The number that constant puts into every weight.")]
    [UsedWith(nameof(Kind))]
    [Range(double.NegativeInfinity, double.PositiveInfinity)]
    public double Value { get; init; } = 1.0;

    [Description("Share of the weights of each input that sparse sets to 0.")]
    [UsedWith(nameof(Kind))]
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Sparsity { get; init; } = 0.9;

    [Description("Mean of the initial biases.")]
    [UsedWith(nameof(Kind))]
    [Range(double.NegativeInfinity, double.PositiveInfinity)]
    public double BiasMean { get; init; }

    [Description("Variance σb² of the initial biases, N(biasMean, σb²); 0 starts them all at their mean.")]
    [UsedWith(nameof(Kind))]
    [Range(0.0, double.PositiveInfinity)]
    [VariesByMember]
    public double BiasVariance { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        RegistryOfAttribute.Check("an initialiser", this);
}
