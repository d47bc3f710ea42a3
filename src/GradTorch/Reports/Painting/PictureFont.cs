using GradTorch.Runs;
using ScottPlot;
using SkiaSharp;

namespace GradTorch.Reports.Painting;

/// <summary>The font of this machine that has the signs of the axes.</summary>
internal static class PictureFont
{
    private static readonly string[] Known = ["DejaVu Sans", "Segoe UI Symbol", "Arial Unicode MS", "Noto Sans"];

    private static readonly Lazy<string> Found = new(() => Known.FirstOrDefault(SKFontManager.Default.FontFamilies.Contains) ?? Fonts.Detect("‖δ‖ = ∂L/∂z –"));

    public static string Name => Found.Value;

    /// <exception cref="RunException">There is none at all: texts would be missing.</exception>
    public static void Require()
    {
        if (SKFontManager.Default.FontFamilyCount == 0)
            throw new RunException("There is no font on this machine to write a picture's texts with. Install one (Debian: fonts-dejavu-core).");
    }
}
