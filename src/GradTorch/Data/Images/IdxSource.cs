using GradTorch.Configuration;

namespace GradTorch.Data;

/// <summary>Published sets of grey images in IDX files, 28×28 pixels and ten classes, as Fashion-MNIST and MNIST.</summary>
internal static class IdxSource
{
    public static DataSourceEntry Of(PublishedImages set, string what, string reference) => new(
        set.Name, $"28×28 {what}: vectors of 784, or sequences of 28 rows or of 784 pixels", "one of 10 classes",
        $"downloaded if not found{(set.Package is null ? "" : $", or Debian's {set.Package}")}", reference,
        section => Shape(set, section), (section, target) => Load(set, section, target))
    {
        Options = ImageSource.Options,
        Standardisations = ImageSource.Standardisations,
    };

    /// <summary>As published; of files that data:path names, as their headers say.</summary>
    private static DataShape Shape(PublishedImages set, DataSection section)
    {
        var (train, test, rows, columns) = (60_000, 10_000, 28, 28);
        if (section.Path is not null)
        {
            var files = ImageFiles.Find(set, section.Path, DataLocations.OfThisMachine(set.Name), new ImageDownload(set));
            var (images, tests) = (IdxFile.ReadShape(files.TrainImages), IdxFile.ReadShape(files.TestImages));
            // Of other dimensions they are no images, which loading them says best.
            if (images.Length == 3 && tests.Length == 3) (train, test, rows, columns) = (images[0], tests[0], images[1], images[2]);
        }
        return ImageSource.ShapeOf(ImageSource.LayoutOf(section, 1, rows, columns), train, test, set.ClassNames.Count);
    }

    /// <exception cref="DataException">The files can't be found, downloaded or used.</exception>
    private static DataSet Load(PublishedImages set, DataSection section, DataTarget target) =>
        ImageSource.ToDevice(ImageSplits.Load(set, section.Path, target.Announce), section, target);
}
