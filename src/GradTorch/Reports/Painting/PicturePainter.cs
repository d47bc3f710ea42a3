using ScottPlot;
using SkiaSharp;

namespace GradTorch.Reports.Painting;

/// <summary>A picture on a canvas: title, panels one below the other, legend and caption.</summary>
internal sealed class PicturePainter : IDisposable
{
    /// <summary>In pixels: what a page of text has room for.</summary>
    public const int Width = 600;

    private const float Edge = 14, TitleRow = 22, CaptionRow = 17;

    private readonly PictureText titleText = new(15, bold: true);
    private readonly PictureText smallText = new(12, bold: false);
    private readonly IReadOnlyList<(PanelPainter Painter, AxisRange Across, AxisRange Range)> panels;
    private readonly IReadOnlyList<string> title;
    private readonly IReadOnlyList<string> caption;
    private readonly LegendStrip legend;

    public PicturePainter(Picture picture)
    {
        var painters = picture.Panels.Select(panel => (Panel: panel, Painter: PanelPainters.Of(panel))).ToList();
        Dictionary<Axis, AxisRange> Ranges(Func<Panel, Axis> of, Func<PanelPainter, IEnumerable<double>> numbers) => painters
            .GroupBy(entry => of(entry.Panel)).ToDictionary(axis => axis.Key, axis => AxisRange.Of(axis.SelectMany(entry => numbers(entry.Painter)), axis.Key.Scale));
        var (across, ranges) = (Ranges(panel => panel.X, painter => painter.Across), Ranges(panel => panel.Y, painter => painter.Extent));
        panels = [.. painters.Select(entry => (entry.Painter, across[entry.Panel.X], ranges[entry.Panel.Y]))];
        title = titleText.Lines(picture.Title, Width - 2 * Edge);
        caption = picture.Caption.Length == 0 ? [] : smallText.Lines(picture.Caption, Width - 2 * Edge);
        legend = new LegendStrip(painters.SelectMany(entry => entry.Painter.Legend), smallText, Width - 2 * Edge);
    }

    public int Height => (int)Math.Ceiling(
        2 * Edge + title.Count * TitleRow + panels.Sum(panel => panel.Painter.Height) + legend.Height + caption.Count * CaptionRow);

    public void Draw(SKCanvas canvas)
    {
        canvas.Clear(SKColors.White);
        var top = Edge;
        top = Draw(canvas, title, titleText, TitleRow, top);
        foreach (var (painter, across, range) in panels)
        {
            using var plot = painter.Draw(across, range);
            // It would wipe out the panels above; and the first time it draws twice, which a file of vectors would keep.
            plot.RenderManager.ClearCanvasBeforeEachRender = false;
            plot.RenderInMemory(Width, painter.Height);
            plot.Render(canvas, new PixelRect(0, Width, top + painter.Height, top));
            top += painter.Height;
        }
        legend.Draw(canvas, Edge, top);
        Draw(canvas, caption, smallText, CaptionRow, top + legend.Height);
    }

    public void Dispose()
    {
        titleText.Dispose();
        smallText.Dispose();
    }

    private static float Draw(SKCanvas canvas, IReadOnlyList<string> lines, PictureText text, float row, float top)
    {
        foreach (var line in lines)
        {
            text.Draw(canvas, line, Edge, top + row / 2);
            top += row;
        }
        return top;
    }
}
