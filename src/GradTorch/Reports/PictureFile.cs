using System.Text;
using GradTorch.Reports.Painting;
using GradTorch.Runs;
using SkiaSharp;

namespace GradTorch.Reports;

/// <summary>Pictures as files.</summary>
public static class PictureFile
{
    /// <summary>Pixels of a PNG for each of the picture: sharp on a screen of high resolution.</summary>
    private const int PngScale = 2;

    private static readonly Dictionary<string, Func<PicturePainter, byte[]>> Formats = new()
    {
        [".svg"] = Svg,
        [".png"] = Png,
    };

    /// <summary>Endings of names, which say the format.</summary>
    public static IReadOnlyList<string> Endings => [.. Formats.Keys];

    /// <summary>Draws it, and puts it in the place of what the file was as a whole.</summary>
    /// <param name="path">With one of <see cref="Endings"/>.</param>
    /// <exception cref="RunException">It can't be drawn on this machine, or not be written there.</exception>
    public static void Write(Picture picture, string path)
    {
        PictureFont.Require();
        using var painter = new PicturePainter(picture);
        var content = Formats[Path.GetExtension(path)](painter);
        try
        {
            AtomicFile.Write(path, content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunException($"{path} can't be written: {e.Message} Give a file in a folder that you may write to.", e);
        }
    }

    private static byte[] Svg(PicturePainter painter)
    {
        using var written = new MemoryStream();
        // Disposing the canvas ends the document.
        using (var canvas = SKSvgCanvas.Create(SKRect.Create(PicturePainter.Width, painter.Height), written)) painter.Draw(canvas);
        return Encoding.UTF8.GetBytes(Mended(Encoding.UTF8.GetString(written.ToArray())));
    }

    /// <summary>With another font where this machine's is not at hand, and without the comma after the last place of a letter, for which
    /// readers may refuse them all.</summary>
    private static string Mended(string svg) => svg
        .Replace($"font-family=\"{PictureFont.Name}\"", $"font-family=\"{PictureFont.Name}, sans-serif\"", StringComparison.Ordinal)
        .Replace(", \"", "\"", StringComparison.Ordinal);

    private static byte[] Png(PicturePainter painter)
    {
        using var surface = SKSurface.Create(new SKImageInfo(PngScale * PicturePainter.Width, PngScale * painter.Height));
        surface.Canvas.Scale(PngScale);
        painter.Draw(surface.Canvas);
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
