using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GradTorch.Configuration;

/// <summary>When a gradient counts as vanishing or exploding: by ‖δ‖ at the end of its way back (first hidden layer, first timestep)
/// by ‖δ‖ at the beginning (last hidden layer, last timestep).</summary>
public sealed record VerdictSection
{
    [Description("A gradient vanishes if no more than this share of it comes through to the first layer or timestep.")]
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double Vanishing { get; init; } = 1e-3;

    [Description("A gradient explodes if it becomes at least so many times as large on its way to the first layer or timestep.")]
    [Range(1.0, double.PositiveInfinity, MinimumIsExclusive = true)]
    public double Exploding { get; init; } = 1e3;
}
