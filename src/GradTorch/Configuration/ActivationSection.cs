using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GradTorch.Configuration;

/// <summary>The activation of the hidden layers.</summary>
public sealed record ActivationSection
{
    [Description("Name of the activation.")]
    [OneOf("an activation")]
    public string Forward { get; init; } = "tanh";

    [Description("Slope n at 0 of tanh(nx).")]
    [Range(0.0, double.PositiveInfinity, MinimumIsExclusive = true)]
    [UsedWith(nameof(Forward))]
    [VariesByMember]
    public double Slope { get; init; } = 1.0;

    [Description("Slope of leaky-relu below 0.")]
    [Range(0.0, 1.0)]
    [UsedWith(nameof(Forward))]
    public double NegativeSlope { get; init; } = 0.01;

    [Description("α of elu, which goes down to −α.")]
    [Range(0.0, double.PositiveInfinity, MinimumIsExclusive = true)]
    [UsedWith(nameof(Forward))]
    public double Alpha { get; init; } = 1.0;

    [Description("Derivative used on the way back: exact is that of the activation itself, the others are surrogates.")]
    [OneOf("a surrogate")]
    public string Backward { get; init; } = "exact";

    [Description("Scale k of the surrogate; null is the surrogate's own default.")]
    [Range(0.0, double.PositiveInfinity, MinimumIsExclusive = true)]
    [UsedWith(nameof(Backward), Except = "exact")]
    [VariesByMember]
    public double? BackwardScale { get; init; }
}
