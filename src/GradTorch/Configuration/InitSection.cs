using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using GradTorch.Initialisation;

namespace GradTorch.Configuration;

/// <summary>The initial distribution of weights and biases.</summary>
public sealed record InitSection
{
    [Description("Name of the initialiser.")]
    [OneOf(typeof(InitialiserRegistry), "an initialiser")]
    public string Kind { get; init; } = "xavier-normal";

    [Description("Factor on every initial weight.")]
    [Range(0.0, double.PositiveInfinity, MinimumIsExclusive = true)]
    [VariesByMember]
    public double Gain { get; init; } = 1.0;

    [Description("σw² of the initialiser normal, whose weights are N(0, σw²/fan_in); the others do not use it.")]
    [Range(0.0, double.PositiveInfinity, MinimumIsExclusive = true)]
    [VariesByMember]
    public double WeightVariance { get; init; } = 1.0;

    [Description("Variance σb² of the initial biases, N(0, σb²); 0 starts them at 0.")]
    [Range(0.0, double.PositiveInfinity)]
    [VariesByMember]
    public double BiasVariance { get; init; }
}
