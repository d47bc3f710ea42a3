using System.ComponentModel;

namespace GradTorch.Configuration;

/// <summary>Settings of the experiment that are trained one after another and compared.</summary>
public sealed record StudySection
{
    /// <remarks>Of a study with a grid they are its cells: each variant of the file with each combination of the grid's values, the
    /// values of the last key fastest.</remarks>
    [Description("Parts of an experiment by name, each laid over the file; without any, the file itself is what is run.")]
    public StudyVariants Variants { get; init; } = StudyVariants.None;

    /// <summary>What <see cref="Variants"/> were crossed with; empty without a grid.</summary>
    [Description("Lists of values by key, as in \"model:depth\": [5, 20]; every variant is trained with each of their combinations.")]
    public ValueList<GridKey> Grid { get; init; } = [];
}
