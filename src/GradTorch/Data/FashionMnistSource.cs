using GradTorch.Configuration;
using static TorchSharp.torch;

namespace GradTorch.Data;

/// <summary>Fashion-MNIST as a source of vectors. Pixels stay bytes on the device, a quarter of the memory.</summary>
public static class FashionMnistSource
{
    public static DataShape Shape(DataSection section) => new(60_000, 10_000, 0, 784, 10, TargetKind.Class);

    /// <exception cref="DataException">The files can't be found, downloaded or used.</exception>
    public static DataSet Load(DataSection section, DataTarget target)
    {
        var images = FashionMnist.Load(section.Path, target.Announce);
        var (scale, offset) = PixelStatistics.Of(images.Train, section.Standardise);
        var standardiser = new Standardiser(scale, offset, target.Dtype, target.Device);
        return new DataSet(
            ToDevice(images.Train, standardiser, target.Device), ToDevice(images.Test, standardiser, target.Device),
            ShapeOf(images), images.Train.Checksum, images.Folder, standardiser);
    }

    private static DataShape ShapeOf(FashionMnist images) => new(
        images.Train.Count, images.Test.Count, 0, images.Train.Features, images.Train.Classes, TargetKind.Class);

    private static StoredExamples ToDevice(LabelledImages images, Standardiser standardiser, Device device)
    {
        using var scope = NewDisposeScope();
        var inputs = tensor(images.Images, [images.Count, images.Features], ScalarType.Byte, device);
        var labels = tensor(images.Labels, ScalarType.Byte, device).to(int64);
        return new StoredExamples(inputs, labels, standardiser);
    }
}
