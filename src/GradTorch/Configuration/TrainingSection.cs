using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GradTorch.Configuration;

/// <summary>How long, towards what and by which optimiser the network is trained.</summary>
public sealed record TrainingSection
{
    [Description("Passes over the training split; leave it out when steps is given.")]
    [Range(1, int.MaxValue)]
    [Excludes(nameof(Steps))]
    public int? Epochs { get; init; } = 1;

    [Description("Optimiser steps to train for, in place of epochs.")]
    [Range(1, int.MaxValue)]
    public int? Steps { get; init; }

    [Description("What is minimised, as the mean over the batch; auto is what the target of the data needs.")]
    [OneOf("a loss")]
    public string Loss { get; init; } = "auto";

    [Description("Steps between evaluations on the test split; 0 is after every epoch. The end is always evaluated.")]
    [Range(0, int.MaxValue)]
    public int EvaluateEvery { get; init; }

    [Description("The rule that turns gradients into updates.")]
    public OptimizerSection Optimizer { get; init; } = new();

    [Description("How the learning rate changes from step to step.")]
    public ScheduleSection Schedule { get; init; } = new();

    [Description("Bounds for each member's gradient.")]
    public ClipSection Clip { get; init; } = new();

    [Description("What is added to the loss for the sake of the gradients.")]
    public RegulariserSection Regulariser { get; init; } = new();
}
