using GradTorch.Configuration;

namespace GradTorch.Data;

/// <summary>CIFAR-10 (Krizhevsky 2009) in its binary version: 50,000 training and 10,000 test images of 32×32 pixels in red,
/// green and blue, ten classes. A record is a label and the 1,024 reds, greens and blues, 3,073 bytes. It is read where it
/// lies; nothing is downloaded.</summary>
public static class Cifar10
{
    private const int Channels = 3, Side = 32, ImageBytes = Channels * Side * Side, RecordBytes = 1 + ImageBytes;

    private const string SubFolder = "cifar-10-batches-bin";

    private const string Address = "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz";

    /// <summary>By label.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    internal static DataSourceEntry Source { get; } = new(
        "cifar-10", "32×32 colour photographs: vectors of 3,072, or sequences of 32 rows of 96 or of 1,024 pixels of 3",
        "one of 10 classes", $"data:path, the folder {SubFolder} of {Address}", "Krizhevsky 2009", Shape, Load)
    {
        Options = ImageSource.Options,
        Standardisations = ImageSource.Standardisations,
    };

    private static readonly string[] TrainFiles =
        ["data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"];

    private static readonly string[] TestFiles = ["test_batch.bin"];

    /// <summary>As published; of files that data:path names, as their sizes say.</summary>
    private static DataShape Shape(DataSection section)
    {
        var layout = ImageSource.LayoutOf(section, Channels, Side, Side);
        if (section.Path is null) return ImageSource.ShapeOf(layout, 50_000, 10_000, ClassNames.Count);
        var folder = Find(section.Path);
        long Count(string[] files) => files.Sum(file => new FileInfo(Path.Combine(folder, file)).Length / RecordBytes);
        return ImageSource.ShapeOf(layout, Count(TrainFiles), Count(TestFiles), ClassNames.Count);
    }

    /// <exception cref="DataException">The files can't be found or used.</exception>
    private static DataSet Load(DataSection section, DataTarget target)
    {
        var folder = Find(section.Path);
        return ImageSource.ToDevice(new ImageSplits(Read(folder, TrainFiles), Read(folder, TestFiles), folder), section, target);
    }

    private static string Find(string? path)
    {
        var locations = DataLocations.OfThisMachine("cifar-10");
        string?[] places = path is not null
            ? [path]
            : [locations.DataFolder is { } data ? Path.Combine(data, "cifar-10") : null, locations.DataFolder,
                locations.SystemFolder, locations.CacheFolder];
        var folders = places.OfType<string>().SelectMany(place => new[] { place, Path.Combine(place, SubFolder) });
        string[] names = [.. TrainFiles, .. TestFiles];
        var found = folders.FirstOrDefault(folder => names.Any(name => File.Exists(Path.Combine(folder, name))));
        if (found is null)
        {
            var where = path is null ? "is not on this machine" : $"is not in {path} (data:path)";
            throw new DataException(
                $"CIFAR-10 {where}: a folder with {string.Join(", ", names)} is needed. Download {Address} (162 MB), unpack it "
                + $"and give the folder {SubFolder} as data:path.");
        }
        var missing = names.Where(name => !File.Exists(Path.Combine(found, name))).ToList();
        return missing.Count == 0
            ? found
            : throw new DataException(
                $"{found} holds some files of CIFAR-10 but lacks {string.Join(", ", missing)}. Unpack {Address} again.");
    }

    private static LabelledImages Read(string folder, string[] names)
    {
        byte[][] files = [.. names.Select(name => ReadFile(Path.Combine(folder, name)))];
        var count = files.Sum(file => file.Length / RecordBytes);
        var (images, labels) = (new byte[(long)count * ImageBytes], new byte[count]);
        var at = 0;
        foreach (var file in files)
        {
            for (var start = 0; start < file.Length; start += RecordBytes, at++)
            {
                labels[at] = file[start];
                file.AsSpan(start + 1, ImageBytes).CopyTo(images.AsSpan(at * ImageBytes));
            }
        }
        return new LabelledImages(images, labels, Channels, Side, Side, ClassNames, files);
    }

    private static byte[] ReadFile(string path)
    {
        byte[] file;
        try
        {
            file = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path} can't be read: {e.Message} Check that it is a file you may read.", e);
        }
        if (file.Length == 0 || file.Length % RecordBytes != 0)
        {
            throw new DataException(FormattableString.Invariant(
                $"{path} holds {file.Length} bytes; the binary version of CIFAR-10 has {RecordBytes} for each image (the version for Python or Matlab is not read). Get the file again from {Address}."));
        }
        for (var record = 0; record < file.Length / RecordBytes; record++)
        {
            var label = file[record * RecordBytes];
            if (label >= ClassNames.Count)
            {
                throw new DataException(FormattableString.Invariant(
                    $"{path} holds label {label} for image {record}; labels are 0 to {ClassNames.Count - 1}. Get the file again from {Address}."));
            }
        }
        return file;
    }
}
