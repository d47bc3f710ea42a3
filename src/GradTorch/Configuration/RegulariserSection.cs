using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GradTorch.Configuration;

/// <summary>What is added to the loss for the sake of the gradients.</summary>
public sealed record RegulariserSection
{
    [Description("Name of the regulariser.")]
    [OneOf("a regulariser")]
    public string Kind { get; init; } = "none";

    [Description("λ, the factor of the regulariser beside the loss.")]
    [Range(0.0, double.PositiveInfinity, MinimumIsExclusive = true)]
    [UsedWith(nameof(Kind), "vanishing-gradient")]
    public double Weight { get; init; } = 1.0;
}
