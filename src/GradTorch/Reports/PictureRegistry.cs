using GradTorch.Reports.Kinds;

namespace GradTorch.Reports;

/// <summary>Every kind of picture.</summary>
public static class PictureRegistry
{
    public static IReadOnlyList<PictureKind> All { get; } =
    [
        new LayersPicture(),
        new TimestepsPicture(),
        new StepsPicture(),
        new HeatmapPicture(),
        new GainPicture(),
        new ChainPicture(),
        new ComparePicture(),
    ];
}
