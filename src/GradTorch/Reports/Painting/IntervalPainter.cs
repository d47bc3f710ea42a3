using ScottPlot;

namespace GradTorch.Reports.Painting;

/// <summary>Means with their intervals, one below the other.</summary>
internal sealed class IntervalPainter(IntervalPanel panel) : PanelPainter
{
    private const int RowHeight = 34, Around = 92, MostX = 7;

    /// <summary>Longer names are shortened, as the numbers need room as well: in their middle, as variants often differ in the end of their
    /// names only.</summary>
    private const int LongestName = 30, KeptEnd = 14;

    public override int Height => Around + RowHeight * panel.Rows.Count;

    public override IEnumerable<double> Across => panel.Rows.SelectMany(row =>
        row.Values.Append(row.Mean.Mean).Concat(new[] { row.Mean.Low, row.Mean.High }.OfType<double>()));

    protected override Panel Panel => panel;

    protected override float LeftEdge => 225;

    protected override void Fill(Plot plot, AxisRange across, AxisRange range)
    {
        plot.YLabel("");
        foreach (var (index, row) in panel.Rows.Index()) Draw(row, -index, Color.FromHex(Palette.At(index)), plot);
        plot.Axes.SetLimits(across.Low, across.High, 0.6 - panel.Rows.Count, 0.6);
        plot.Axes.Bottom.TickGenerator = AxisTicks.Of(across, panel.X.Scale, MostX);
        plot.Axes.Left.TickGenerator = AxisTicks.Down([.. panel.Rows.Select(NameOf)]);
    }

    private void Draw(IntervalRow row, double y, Color colour, Plot plot)
    {
        double X(double value) => AxisRange.Coordinate(value, panel.X.Scale);
        foreach (var value in row.Values.Where(double.IsFinite)) plot.Add.Marker(X(value), y - 0.22, MarkerShape.FilledCircle, 4, colour.WithAlpha(0.6));
        if (row.Mean is { Low: { } low, High: { } high } && double.IsFinite(high - low)) plot.Add.Line(X(low), y, X(high), y).LineStyle = new LineStyle(2.5f, colour);
        if (double.IsFinite(row.Mean.Mean)) plot.Add.Marker(X(row.Mean.Mean), y, MarkerShape.FilledCircle, 10, colour);
    }

    private static string NameOf(IntervalRow row)
    {
        var name = row.Name.Length <= LongestName ? row.Name : row.Name[..(LongestName - KeptEnd - 1)].TrimEnd() + "…" + row.Name[^KeptEnd..];
        return row.Note.Length == 0 ? name : $"{name}\n({row.Note})";
    }
}
