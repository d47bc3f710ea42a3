using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GradTorch.Configuration;

/// <summary>Bounds for the gradient of each member, before the optimiser takes it. A key that its kind has no use for is an
/// error.</summary>
public sealed record ClipSection
{
    [Description("Name of the way to clip.")]
    [OneOf("a way to clip")]
    public string Kind { get; init; } = "none";

    [Description("Whether norm bounds the norm of all of a member's gradients (total) or that of each layer on its own (layer).")]
    [OneOf(typeof(ClipScope), "a scope")]
    [UsedWith(nameof(Kind))]
    public ClipScope Scope { get; init; } = ClipScope.Total;

    [Description("The bound: of the Euclidean norm for norm, of each element's magnitude for value.")]
    [Range(0.0, double.PositiveInfinity, MinimumIsExclusive = true)]
    [UsedWith(nameof(Kind))]
    [VariesByMember]
    public double Threshold { get; init; } = 1.0;
}
