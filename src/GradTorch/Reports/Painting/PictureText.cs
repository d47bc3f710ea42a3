using ScottPlot;
using SkiaSharp;

namespace GradTorch.Reports.Painting;

/// <summary>Lines of text beside the panels.</summary>
internal sealed class PictureText(float size, bool bold) : IDisposable
{
    private readonly Paint paint = Paint.NewDisposablePaint();
    private readonly LabelStyle style = new() { FontName = PictureFont.Name, FontSize = size, Bold = bold, Alignment = Alignment.MiddleLeft };

    public float Width(string text) => style.Measure(text, paint).Width;

    /// <param name="x">Of its left end.</param>
    /// <param name="y">Of its middle.</param>
    public void Draw(SKCanvas canvas, string text, float x, float y) => style.Render(canvas, new Pixel(x, y), paint, text, false);

    /// <summary>Broken between words, so that no line is wider than that, if its words are not.</summary>
    public IReadOnlyList<string> Lines(string text, float width)
    {
        var lines = new List<string>();
        foreach (var word in text.Split(' '))
        {
            if (lines.Count > 0 && Width($"{lines[^1]} {word}") <= width) lines[^1] += " " + word;
            else lines.Add(word);
        }
        return lines;
    }

    public void Dispose() => paint.Dispose();
}
