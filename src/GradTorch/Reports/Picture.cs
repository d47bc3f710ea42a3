namespace GradTorch.Reports;

/// <summary>What is drawn, before anything is: titles, axes and numbers.</summary>
/// <param name="Title">Of the whole, with the names of what is shown.</param>
/// <param name="Panels">One below the other.</param>
/// <param name="Caption">What lines, bands and marks mean, where the legend does not say it.</param>
public sealed record Picture(string Title, IReadOnlyList<Panel> Panels, string Caption);

/// <summary>A pair of axes with what stands in them. Panels of one picture with the same axis share its range.</summary>
/// <param name="Title">Empty where the picture's says it.</param>
public abstract record Panel(string Title, Axis X, Axis Y)
{
    /// <summary>Names of what is drawn, in order.</summary>
    public abstract IReadOnlyList<string> Series { get; }
}
