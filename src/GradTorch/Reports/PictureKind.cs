using GradTorch.Analysis.Comparisons;
using GradTorch.Runs;

namespace GradTorch.Reports;

/// <summary>One thing that can be seen of runs.</summary>
public abstract class PictureKind
{
    /// <summary>Why a variant can't be shown of which no gradient was recorded.</summary>
    protected const string NoGradients = "no gradient was recorded of it";

    public abstract string Name { get; }

    /// <summary>One line.</summary>
    public abstract string Meaning { get; }

    /// <summary>Variants that it tells apart, at most.</summary>
    public virtual int MostVariants => Palette.Count;

    /// <summary>Names of the quantities that it draws, the one without being asked first; empty where there is no choice.</summary>
    public virtual IReadOnlyList<string> Quantities => [];

    /// <summary>Whether it can be of one measure of several.</summary>
    public virtual bool TakesMeasure => false;

    /// <summary>Why it can't show a variant, in words; null if it can.</summary>
    public abstract string? Obstacle(ComparedVariant variant);

    /// <param name="variants">Without an obstacle, one to <see cref="MostVariants"/>.</param>
    /// <exception cref="RunException">A run can't be read.</exception>
    public abstract Picture Of(IReadOnlyList<ComparedVariant> variants, PictureRequest request);

    /// <summary>The names of experiments, or of the one variant, with what is shown of them.</summary>
    protected static string Title(IReadOnlyList<ComparedVariant> variants, string what)
    {
        string[] names = [.. variants.Select(variant => variant.Config["name"] ?? variant.Name).Distinct()];
        var who = variants is [var only] && only.Name != names[0] ? $"{names[0]}, {only.Name}"
            : names.Length <= 2 ? string.Join(" and ", names)
            : FormattableString.Invariant($"{names.Length} experiments");
        return $"{who}: {what}";
    }
}
