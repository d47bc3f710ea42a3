using GradTorch.Analysis;

namespace GradTorch.Reports;

/// <summary>Curves over one another.</summary>
public sealed record CurvePanel(string Title, Axis X, Axis Y, IReadOnlyList<Curve> Curves, IReadOnlyList<Guide> Guides)
    : Panel(Title, X, Y)
{
    public override IReadOnlyList<string> Series => [.. Curves.Select(curve => curve.Line.Length == 0 ? curve.Name : $"{curve.Name}, {curve.Line}")];
}

/// <param name="Name">Of its variant: what the colour means.</param>
/// <param name="Colour">Index in the palette.</param>
/// <param name="Dashed">Else solid.</param>
/// <param name="Line">What a solid or a dashed line means; empty where all are alike.</param>
/// <param name="Points">In the order of x.</param>
public sealed record Curve(string Name, int Colour, bool Dashed, string Line, IReadOnlyList<CurvePoint> Points);

/// <summary>The members of a variant at one place: their median, the smallest and the largest. All NaN if one of them is.</summary>
public readonly record struct CurvePoint(double X, double Middle, double Low, double High)
{
    /// <param name="values">One at least.</param>
    public static CurvePoint Of(double x, IReadOnlyCollection<double> values) => values.Any(double.IsNaN)
        ? new CurvePoint(x, double.NaN, double.NaN, double.NaN)
        : new CurvePoint(x, Median.Of(values), values.Min(), values.Max());
}

/// <summary>A horizontal line to read curves by.</summary>
/// <param name="Label">What it means.</param>
/// <param name="Colour">That of the curves to which it belongs, an index in the palette; null for all of them.</param>
public sealed record Guide(double Y, string Label, int? Colour);
