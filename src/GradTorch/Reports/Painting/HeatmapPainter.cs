using System.Globalization;
using ScottPlot;
using ScottPlot.Colormaps;
using ScottPlot.Plottables;

namespace GradTorch.Reports.Painting;

/// <summary>Cells in the colours of viridis by the power of ten; records side by side however many steps lie between.</summary>
internal sealed class HeatmapPainter(HeatmapPanel panel) : PanelPainter
{
    private const string Zero = "#B0B0B0", NotFinite = "#D55E00";

    private const int MostX = 7, MostY = 7;

    public override int Height => 270;

    public override IReadOnlyList<LegendEntry> Legend =>
    [
        new LegendEntry("exactly 0", Zero, LegendMark.Square), new LegendEntry("not finite (NaN or infinite)", NotFinite, LegendMark.Square),
    ];

    protected override float RightEdge => 110;

    private IEnumerable<double> Values => panel.Columns.SelectMany(column => column.Values);

    private int Places => panel.Columns.Max(column => column.Values.Count);

    protected override Panel Panel => panel;

    protected override void Fill(Plot plot, AxisRange across, AxisRange range)
    {
        double[] powers = [.. Values.Where(value => value > 0 && double.IsFinite(value)).Select(Math.Log10)];
        AxisRange colours = powers.Length == 0 ? new(-1, 0) : powers.Min() < powers.Max() ? new(powers.Min(), powers.Max()) : new(powers[0] - 0.5, powers[0] + 0.5);
        Add(plot, value => value == 0 ? 0 : double.NaN, new OneColour(Zero), new AxisRange(0, 1));
        Add(plot, value => double.IsFinite(value) ? double.NaN : 0, new OneColour(NotFinite), new AxisRange(0, 1));
        var cells = Add(plot, value => value > 0 && double.IsFinite(value) ? Math.Log10(value) : double.NaN, new Viridis(), colours);
        if (cells is not null) AddBar(plot, cells, colours);
        plot.Axes.SetLimits(-0.5, panel.Columns.Count - 0.5, 0.5, Places + 0.5);
        plot.Axes.Bottom.TickGenerator = AxisTicks.Named(
            [.. panel.Columns.Select(column => column.Step.ToString("N0", CultureInfo.InvariantCulture))], MostX);
        plot.Axes.Left.TickGenerator = AxisTicks.Of(new AxisRange(0.5, Places + 0.5), AxisScale.Linear, MostY, whole: true);
    }

    private void AddBar(Plot plot, Heatmap cells, AxisRange colours)
    {
        var bar = plot.Add.ColorBar(cells);
        bar.Label = panel.Values.Label;
        bar.LabelStyle.FontName = PictureFont.Name;
        bar.LabelStyle.FontSize = 13;
        bar.Axis.TickLabelStyle.FontName = PictureFont.Name;
        bar.Axis.TickGenerator = AxisTicks.Of(colours, AxisScale.Logarithmic, MostY);
    }

    /// <summary>Those cells for which there is a number; the others are see-through. Null where there is none.</summary>
    private Heatmap? Add(Plot plot, Func<double, double> number, IColormap colours, AxisRange range)
    {
        if (Values.All(value => double.IsNaN(number(value)))) return null;
        var (places, records) = (Places, panel.Columns.Count);
        return new CellImage(records, places, new CoordinateRect(-0.5, records - 0.5, 0.5, places + 0.5))
            .Add(plot, (record, place) => number(panel.Columns[record].Values[place]), colours, range);
    }
}
