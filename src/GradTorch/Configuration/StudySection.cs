using System.ComponentModel;

namespace GradTorch.Configuration;

/// <summary>Settings of the experiment that are trained one after another and compared.</summary>
public sealed record StudySection
{
    [Description("Parts of an experiment by name, each laid over the file; without any, the file itself is what is run.")]
    public StudyVariants Variants { get; init; } = StudyVariants.None;
}
