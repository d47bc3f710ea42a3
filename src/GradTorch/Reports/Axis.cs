namespace GradTorch.Reports;

/// <summary>How numbers are laid out along an axis.</summary>
public enum AxisScale
{
    Linear,

    /// <summary>By powers of ten; what is not above 0 has no place on it.</summary>
    Logarithmic,

    /// <summary>Linear, for fractions, which it shows in percent.</summary>
    Percent,
}

/// <param name="Label">The quantity, with its unit where it has one.</param>
public sealed record Axis(string Label, AxisScale Scale = AxisScale.Linear);
