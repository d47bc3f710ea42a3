using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GradTorch.Configuration;

/// <summary>How the learning rate changes from step to step. A key that its kind has no use for is an error.</summary>
public sealed record ScheduleSection
{
    [Description("Name of the schedule.")]
    [OneOf("a schedule")]
    public string Kind { get; init; } = "constant";

    [Description("Steps over which the rate first rises linearly to lr, in any kind; the schedule itself begins after them.")]
    [Range(0, int.MaxValue)]
    public int Warmup { get; init; }

    [Description("Steps between two reductions, for step.")]
    [Range(1, int.MaxValue)]
    [UsedWith(nameof(Kind))]
    public int Every { get; init; } = 1000;

    [Description("What each reduction multiplies the rate by, for step and plateau.")]
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    [UsedWith(nameof(Kind))]
    public double Factor { get; init; } = 0.1;

    [Description("Evaluations in a row without improvement that plateau puts up with; the next one reduces the rate.")]
    [Range(0, int.MaxValue)]
    [UsedWith(nameof(Kind))]
    public int Patience { get; init; } = 10;

    [Description("Part of the best loss by which a loss must be below it to count as an improvement, for plateau.")]
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    [UsedWith(nameof(Kind))]
    public double Threshold { get; init; } = 1e-4;

    [Description("Rate that cosine ends at and plateau does not go below.")]
    [Range(0.0, double.PositiveInfinity)]
    [UsedWith(nameof(Kind))]
    public double MinLr { get; init; }
}
