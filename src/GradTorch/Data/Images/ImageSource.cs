using GradTorch.Configuration;
using static TorchSharp.torch;

namespace GradTorch.Data;

/// <summary>Puts images on the device, as bytes: a quarter of the memory, and standardised batch by batch.</summary>
internal static class ImageSource
{
    public static readonly string[] Options = ["path", "form", "permutationSeed"];

    public static readonly Standardisation[] Standardisations =
        [Standardisation.Dataset, Standardisation.Feature, Standardisation.None];

    public static ImageLayout LayoutOf(DataSection section, int channels, int rows, int columns) =>
        new(channels, rows, columns, section.Form ?? ImageForm.Vectors, section.PermutationSeed);

    public static DataShape ShapeOf(ImageLayout layout, long train, long test, int classes) =>
        new(train, test, layout.Timesteps, layout.Features, classes, TargetKind.Class);

    public static DataSet ToDevice(ImageSplits images, DataSection section, DataTarget target)
    {
        using var scope = NewDisposeScope();
        var (train, device) = (images.Train, target.Device);
        var layout = LayoutOf(section, train.Channels, train.Rows, train.Columns);
        var standardiser = StandardiserOf(images.Train, layout, section.Standardise, target);
        return new DataSet(
            Split(images.Train, layout, standardiser, device), Split(images.Test, layout, standardiser, device),
            ShapeOf(layout, train.Count, images.Test.Count, train.Classes), train.Checksum, images.Folder, standardiser);
    }

    private static Standardiser StandardiserOf(
        LabelledImages train, ImageLayout layout, Standardisation standardisation, DataTarget target)
    {
        var (scale, offset) = PixelStatistics.Of(train, standardisation);
        if (scale.Length == 1) return new Standardiser(scale, offset, target.Dtype, target.Device);
        // One for each number of an image, in the order in which the images are handed out; a batch is (S, T, B, D).
        Tensor Arranged(double[] numbers)
        {
            var arranged = layout.Arrange(tensor(numbers, target.Dtype, target.Device));
            return layout.Timesteps == 0 ? arranged.view(-1) : arranged.view(layout.Timesteps, 1, layout.Features);
        }
        return new Standardiser(Arranged(scale), Arranged(offset));
    }

    private static StoredExamples Split(LabelledImages images, ImageLayout layout, Standardiser standardiser, Device device)
    {
        using var scope = NewDisposeScope();
        var inputs = tensor(images.Images, [images.Count, images.Features], ScalarType.Byte, device);
        var labels = tensor(images.Labels, ScalarType.Byte, device).to(int64);
        return new StoredExamples(layout.Arrange(inputs), labels, standardiser);
    }
}
