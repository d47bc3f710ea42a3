using ScottPlot;

namespace GradTorch.Reports.Painting;

/// <summary>For cells of one kind.</summary>
internal sealed record OneColour(string Name) : IColormap
{
    public Color GetColor(double position) => Color.FromHex(Name);
}
