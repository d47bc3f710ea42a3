namespace GradTorch.Reports.Painting;

/// <summary>Who draws what.</summary>
internal static class PanelPainters
{
    public static PanelPainter Of(Panel panel) => panel switch
    {
        CurvePanel curves => new CurvePainter(curves),
        HeatmapPanel heatmap => new HeatmapPainter(heatmap),
        IntervalPanel intervals => new IntervalPainter(intervals),
        MapPanel map => new MapPainter(map),
        _ => throw new ArgumentException($"Nobody draws a {panel.GetType().Name}.", nameof(panel)),
    };
}
