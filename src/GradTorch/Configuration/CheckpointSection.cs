using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GradTorch.Configuration;

/// <summary>When a run keeps all that it needs to go on after a stop: whichever comes first, and at its end in any case.</summary>
public sealed record CheckpointSection
{
    [Description("Steps between checkpoints; 0 leaves it to minutes.")]
    [Range(0, int.MaxValue)]
    public int Every { get; init; } = 1000;

    [Description("Minutes between checkpoints; 0 leaves it to every.")]
    [Range(0, 1e6)]
    public double Minutes { get; init; } = 10;

    [Description("How many of the newest checkpoints stay; the one before is there in case the newest gets damaged.")]
    [Range(1, int.MaxValue)]
    public int Keep { get; init; } = 2;
}
