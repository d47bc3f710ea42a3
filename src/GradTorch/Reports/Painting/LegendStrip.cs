using SkiaSharp;

namespace GradTorch.Reports.Painting;

/// <summary>A legend in rows below the panels.</summary>
internal sealed class LegendStrip
{
    private const float Row = 20, Below = 6, Mark = 26, Gap = 6, Between = 16;

    /// <summary>Letters stand on the lower part of their line, not in its middle.</summary>
    private const float Lowered = 4;

    private readonly List<(LegendEntry Entry, float X, float Y)> placed = [];
    private readonly PictureText text;

    /// <param name="width">Of a row.</param>
    public LegendStrip(IEnumerable<LegendEntry> entries, PictureText text, float width)
    {
        this.text = text;
        var (x, y) = (0f, Row / 2);
        foreach (var entry in entries.Distinct())
        {
            var needed = Mark + Gap + text.Width(entry.Text);
            if (x > 0 && x + needed > width) (x, y) = (0, y + Row);
            placed.Add((entry, x, y));
            x += needed + Between;
        }
    }

    public float Height => placed.Count == 0 ? 0 : placed[^1].Y + Row / 2 + Below;

    public void Draw(SKCanvas canvas, float left, float top)
    {
        foreach (var (entry, x, y) in placed)
        {
            Draw(canvas, entry, left + x, top + y);
            text.Draw(canvas, entry.Text, left + x + Mark + Gap, top + y + Lowered);
        }
    }

    private static void Draw(SKCanvas canvas, LegendEntry entry, float x, float y)
    {
        using var paint = new SKPaint { Color = SKColor.Parse(entry.Colour), IsAntialias = true, StrokeWidth = 2.5f };
        var middle = x + Mark / 2;
        switch (entry.Mark)
        {
            case LegendMark.Square:
                canvas.DrawRect(middle - 7, y - 7, 14, 14, paint);
                using (var edge = new SKPaint { Color = SKColors.Gray, IsStroke = true }) canvas.DrawRect(middle - 7, y - 7, 14, 14, edge);
                break;
            case LegendMark.Wedge:
                using (var path = SKPath.ParseSvgPathData(FormattableString.Invariant($"M{middle - 5} {y + 4}h10l-5 -9z"))) canvas.DrawPath(path, paint);
                break;
            case LegendMark.Cross:
                canvas.DrawLine(middle - 4, y - 4, middle + 4, y + 4, paint);
                canvas.DrawLine(middle - 4, y + 4, middle + 4, y - 4, paint);
                break;
            default:
                DrawLine(canvas, entry.Mark, x, y, paint);
                break;
        }
    }

    /// <summary>Piece by piece: the SVG of a line with a pattern has not the pattern.</summary>
    private static void DrawLine(SKCanvas canvas, LegendMark mark, float x, float y, SKPaint paint)
    {
        var (on, off) = mark switch { LegendMark.Dashed => (7f, 3f), LegendMark.Dotted => (2f, 4f), _ => (Mark, 0f) };
        for (var at = 0f; at < Mark; at += on + off) canvas.DrawLine(x + at, y, x + Math.Min(at + on, Mark), y, paint);
    }
}
