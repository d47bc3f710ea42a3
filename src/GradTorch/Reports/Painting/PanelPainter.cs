using ScottPlot;

namespace GradTorch.Reports.Painting;

/// <summary>Draws one kind of panel.</summary>
internal abstract class PanelPainter
{
    /// <summary>Of what belongs to no variant.</summary>
    protected const string Neutral = "#555555";

    private const float BottomEdge = 52, TitleHeight = 28, SmallTitle = 10, TickSize = 12, LabelSize = 13;

    /// <summary>In pixels.</summary>
    public virtual int Height => 225;

    /// <summary>Numbers that its y axis has to reach; empty where it has an axis of its own.</summary>
    public virtual IEnumerable<double> Extent => [];

    /// <summary>The same of its x axis.</summary>
    public virtual IEnumerable<double> Across => [];

    public virtual IReadOnlyList<LegendEntry> Legend => [];

    /// <param name="across">Of the x axis, shared with the panels that have the same.</param>
    /// <param name="range">Of the y axis, likewise.</param>
    public Plot Draw(AxisRange across, AxisRange range)
    {
        var panel = Panel;
        var plot = new Plot();
        plot.Layout.Fixed(new PixelPadding(LeftEdge, RightEdge, BottomEdge, panel.Title.Length == 0 ? SmallTitle : TitleHeight));
        plot.Grid.MajorLineColor = Color.FromHex("#E4E4E4");
        foreach (var axis in new IAxis[] { plot.Axes.Left, plot.Axes.Bottom })
        {
            // plot.Font.Set does it for all at once, and no text of the process is bold after it.
            axis.TickLabelStyle.FontName = axis.Label.FontName = PictureFont.Name;
            axis.TickLabelStyle.FontSize = TickSize;
            axis.Label.FontSize = LabelSize;
            axis.Label.Bold = false;
        }
        plot.XLabel(panel.X.Label);
        plot.YLabel(panel.Y.Label);
        plot.Title(panel.Title, LabelSize);
        plot.Axes.Title.Label.FontName = PictureFont.Name;
        plot.Axes.Title.Label.Bold = false;
        plot.Axes.Title.Label.OffsetY = 8;
        Fill(plot, across, range);
        return plot;
    }

    /// <summary>Between the axis and the edge of the picture: the same in panels below one another has their axes in line.</summary>
    protected virtual float LeftEdge => 74;

    protected virtual float RightEdge => 18;

    protected abstract Panel Panel { get; }

    protected abstract void Fill(Plot plot, AxisRange across, AxisRange range);
}
