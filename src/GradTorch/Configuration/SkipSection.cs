using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GradTorch.Configuration;

/// <summary>The skip connections of a residual net.</summary>
public sealed record SkipSection
{
    [Description("Hidden layers that each skip connection goes over; the depth is a multiple of it.")]
    [Range(1, int.MaxValue)]
    public int Every { get; init; } = 1;

    [Description("Where the skip joins: g(z + skip) before the activation, or skip + g(z) after it.")]
    [OneOf(typeof(SkipJoin), "a place to join")]
    public SkipJoin Join { get; init; } = SkipJoin.BeforeActivation;

    [Description("Factor on what the layers add to the skip path: a number, or '1/sqrt(depth)'.")]
    public BranchScale Scale { get; init; } = BranchScale.One;
}
