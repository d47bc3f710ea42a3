using ScottPlot;

namespace GradTorch.Reports.Painting;

/// <summary>Medians as lines over bands. What has no place on a logarithmic axis interrupts them: an exact 0 is a triangle on the lower
/// edge, what is not finite a cross on the upper one.</summary>
internal sealed class CurvePainter(CurvePanel panel) : PanelPainter
{
    private const int MostX = 8, MostY = 6;

    private IEnumerable<CurvePoint> Points => panel.Curves.SelectMany(curve => curve.Points);

    public override IEnumerable<double> Extent => Points.SelectMany(point => new[] { point.Middle, point.Low, point.High })
        .Concat(panel.Guides.Select(guide => guide.Y));

    public override IEnumerable<double> Across => Points.Select(point => point.X);

    public override IReadOnlyList<LegendEntry> Legend =>
    [
        .. panel.Curves.Select(curve => new LegendEntry(curve.Name, Palette.At(curve.Colour), LegendMark.Solid)),
        .. panel.Curves.Where(curve => curve.Line.Length > 0)
            .Select(curve => new LegendEntry(curve.Line, Neutral, curve.Dashed ? LegendMark.Dashed : LegendMark.Solid)),
        .. panel.Guides.Select(guide => new LegendEntry(guide.Label, Neutral, LegendMark.Dotted)),
        .. Points.Any(IsZero) ? [new LegendEntry("exactly 0", Neutral, LegendMark.Wedge)] : Array.Empty<LegendEntry>(),
        .. Points.Any(IsNotFinite) ? [new LegendEntry("not finite", Neutral, LegendMark.Cross)] : Array.Empty<LegendEntry>(),
    ];

    protected override Panel Panel => panel;

    protected override void Fill(Plot plot, AxisRange across, AxisRange range)
    {
        foreach (var guide in panel.Guides)
        {
            var colour = Color.FromHex(guide.Colour is { } index ? Palette.At(index) : Neutral);
            plot.Add.HorizontalLine(AxisRange.Coordinate(guide.Y, panel.Y.Scale), 1.2f, colour, LinePattern.Dotted);
        }
        foreach (var curve in panel.Curves) Draw(curve, plot, range);
        plot.Axes.SetLimits(across.Low, across.High, range.Low, range.High);
        plot.Axes.Bottom.TickGenerator = AxisTicks.Of(across, panel.X.Scale, MostX, whole: true);
        plot.Axes.Left.TickGenerator = AxisTicks.Of(range, panel.Y.Scale, MostY);
    }

    private void Draw(Curve curve, Plot plot, AxisRange range)
    {
        var colour = Color.FromHex(Palette.At(curve.Colour));
        foreach (var piece in Pieces(curve))
        {
            var upper = piece.Select(point => At(point.X, point.High, range.High));
            var lower = piece.Select(point => At(point.X, point.Low, range.Low));
            if (piece.Count > 1 && piece.Any(point => point.Low < point.High))
            {
                var band = plot.Add.Polygon([.. upper, .. lower.Reverse()]);
                band.FillColor = colour.WithAlpha(0.18);
                band.LineWidth = 0;
            }
            var line = plot.Add.ScatterLine(piece.Select(point => At(point.X, point.Middle, double.NaN)).ToArray(), colour);
            line.LineWidth = 2;
            line.LinePattern = curve.Dashed ? LinePattern.DenselyDashed : LinePattern.Solid;
            line.MarkerSize = curve.Points.Count <= 12 || piece.Count == 1 ? 6 : 0;
            line.MarkerShape = MarkerShape.FilledCircle;
        }
        foreach (var point in curve.Points.Where(IsZero)) plot.Add.Marker(point.X, range.Low, MarkerShape.FilledTriangleUp, 9, colour);
        foreach (var point in curve.Points.Where(IsNotFinite)) plot.Add.Marker(point.X, range.High, MarkerShape.Eks, 9, colour);
    }

    /// <summary>A place on the axis, or the edge instead of one that is not there.</summary>
    private Coordinates At(double x, double y, double edge) =>
        new(x, AxisRange.Coordinate(y, panel.Y.Scale) is var place && double.IsFinite(place) ? place : edge);

    /// <summary>What can be drawn without a break.</summary>
    private List<List<CurvePoint>> Pieces(Curve curve)
    {
        var pieces = new List<List<CurvePoint>> { new() };
        foreach (var point in curve.Points)
        {
            if (double.IsFinite(AxisRange.Coordinate(point.Middle, panel.Y.Scale))) pieces[^1].Add(point);
            else pieces.Add([]);
        }
        return [.. pieces.Where(piece => piece.Count > 0)];
    }

    private bool IsZero(CurvePoint point) => point.Middle == 0 && panel.Y.Scale == AxisScale.Logarithmic;

    private static bool IsNotFinite(CurvePoint point) => !double.IsFinite(point.Middle);
}
