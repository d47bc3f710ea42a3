using System.Globalization;

namespace GradTorch.Data;

/// <summary>The training and the test images of a set.</summary>
/// <param name="Folder">Where they were read from.</param>
public sealed record ImageSplits(LabelledImages Train, LabelledImages Test, string Folder)
{
    /// <summary>Finds the four files, downloading them if they are nowhere, and reads them.</summary>
    /// <param name="path">The folder that must hold them (data:path), or null to look in the usual places.</param>
    /// <param name="announce">Told, in a sentence, of each file that is downloaded; null for silence.</param>
    /// <param name="cancellation">Stops a download.</param>
    /// <exception cref="DataException">The files can't be found, downloaded or used.</exception>
    public static ImageSplits Load(
        PublishedImages set, string? path = null, Action<string>? announce = null, CancellationToken cancellation = default) =>
        Load(
            ImageFiles.Find(
                set, path, DataLocations.OfThisMachine(set.Name), new ImageDownload(set, announce: announce), cancellation),
            set.ClassNames);

    /// <summary>Reads the four files, both splits at once.</summary>
    /// <exception cref="DataException">A file can't be used, or the splits differ in image size.</exception>
    public static ImageSplits Load(ImageFiles files, IReadOnlyList<string> classNames)
    {
        var test = Task.Run(() => LabelledImages.Read(files.TestImages, files.TestLabels, classNames));
        var train = LabelledImages.Read(files.TrainImages, files.TrainLabels, classNames);
        var splits = new ImageSplits(train, test.GetAwaiter().GetResult(), files.Folder);
        if ((splits.Train.Rows, splits.Train.Columns) != (splits.Test.Rows, splits.Test.Columns))
        {
            throw new DataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{files.Folder} holds training images of {splits.Train.Rows}×{splits.Train.Columns} pixels and test images of "
                + $"{splits.Test.Rows}×{splits.Test.Columns}; they must be of one size. Take all four files from one data set."));
        }

        return splits;
    }
}
