using GradTorch.Analysis.Maps;
using ScottPlot;

namespace GradTorch.Reports.Painting;

/// <summary>A map's cells in the colours of their fates, each as it was measured, with the critical line over them.</summary>
internal sealed class MapPainter(MapPanel panel) : PanelPainter
{
    private const string Missing = "#E4E4E4", Line = "#000000";

    private const int MostX = 7, MostY = 8;

    public override int Height => 430;

    public override IReadOnlyList<LegendEntry> Legend =>
    [
        .. panel.Fates.Select(fate => new LegendEntry(NameOf(fate), Palette.Of(fate), LegendMark.Square)),
        .. panel.Map.IsComplete ? Array.Empty<LegendEntry>() : [new LegendEntry("not computed", Missing, LegendMark.Square)],
        .. Record.Critical.Points.Count == 0
            ? Array.Empty<LegendEntry>()
            : [new LegendEntry("theory: χ₁ = 1 of wide layers at initialisation", Line, LegendMark.Solid)],
    ];

    protected override Panel Panel => panel;

    private MapRecord Record => panel.Map.Of;

    protected override void Fill(Plot plot, AxisRange across, AxisRange range)
    {
        var (x, y) = (Edges(Record.X, panel.X), Edges(Record.Y, panel.Y));
        var (columns, rows) = (Record.X.Values.Count, Record.Y.Values.Count);
        var image = new CellImage(columns, rows, new CoordinateRect(x.Low, x.High, y.Low, y.High));
        var fates = panel.Map.Cells.ToDictionary(cell => (cell.X, cell.Y), cell => cell.Fate);
        if (!panel.Map.IsComplete) Add(image, plot, (column, row) => !fates.ContainsKey((column, row)), Missing);
        foreach (var fate in panel.Fates) Add(image, plot, (column, row) => fates.TryGetValue((column, row), out var own) && own == fate, Palette.Of(fate));
        foreach (var piece in Record.Critical.Points.GroupBy(point => point.Piece)) DrawLine(plot, [.. piece.Select(At)]);
        plot.Axes.SetLimits(x.Low, x.High, y.Low, y.High);
        plot.Axes.Bottom.TickGenerator = AxisTicks.Of(x, panel.X.Scale, MostX);
        plot.Axes.Left.TickGenerator = AxisTicks.Of(y, panel.Y.Scale, MostY);
        plot.HideGrid();
    }

    private static string NameOf(MapFate fate) => fate switch
    {
        MapFate.Diverged => "exploding, most of it diverged",
        MapFate.Undecided => "undecided: as many seeds for another fate",
        _ => fate.Name(),
    };

    private static void Add(CellImage image, Plot plot, Func<int, int, bool> isOne, string colour) =>
        image.Add(plot, (column, row) => isOne(column, row) ? 0 : double.NaN, new OneColour(colour), new AxisRange(0, 1));

    /// <summary>Black with a white edge, to be seen on every colour.</summary>
    private static void DrawLine(Plot plot, Coordinates[] points)
    {
        foreach (var (colour, width) in ((Color, float)[])[(Colors.White, 4.5f), (Color.FromHex(Line), 2)])
        {
            var line = plot.Add.ScatterLine(points, colour);
            line.LineWidth = width;
            line.MarkerSize = points.Length == 1 ? 2 * width : 0;
            line.MarkerShape = MarkerShape.FilledCircle;
        }
    }

    /// <summary>From the edge of the first cell to that of the last: values are in the middle of theirs.</summary>
    private static AxisRange Edges(MapAxisRecord values, Axis axis)
    {
        var (first, last) = (AxisRange.Coordinate(values.Values[0], axis.Scale), AxisRange.Coordinate(values.Values[^1], axis.Scale));
        var half = (last - first) / (values.Values.Count - 1) / 2;
        return new AxisRange(first - half, last + half);
    }

    private Coordinates At(CriticalCurve.Point point) => new(AxisRange.Coordinate(point.X, panel.X.Scale), AxisRange.Coordinate(point.Y, panel.Y.Scale));
}
