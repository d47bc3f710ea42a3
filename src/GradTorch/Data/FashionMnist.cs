using System.Globalization;

namespace GradTorch.Data;

/// <summary>
/// Fashion-MNIST (Xiao, Rasul and Vollgraf 2017, arXiv:1708.07747): 60,000 training and 10,000 test images of
/// clothes, 28×28 grey pixels, ten classes.
/// </summary>
/// <param name="Train">The 60,000.</param>
/// <param name="Test">The 10,000.</param>
/// <param name="Folder">Where it was read from.</param>
public sealed record FashionMnist(LabelledImages Train, LabelledImages Test, string Folder)
{
    /// <summary>The publisher's names of the classes, by label.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
    [
        "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
    ];

    /// <summary>Finds the four files, downloading them if they are nowhere, and reads them.</summary>
    /// <param name="path">The folder that must hold them (data:path), or null to look in the usual places.</param>
    /// <param name="announce">Told, in a sentence, of each file that is downloaded; null for silence.</param>
    /// <param name="cancellation">Stops a download.</param>
    /// <exception cref="DataException">The files can't be found, downloaded or used.</exception>
    public static FashionMnist Load(
        string? path = null, Action<string>? announce = null, CancellationToken cancellation = default) =>
        Load(FashionMnistFiles.Find(
            path, FashionMnistLocations.OfThisMachine(), new FashionMnistDownload(announce: announce), cancellation));

    /// <summary>Reads the four files, both splits at once.</summary>
    /// <exception cref="DataException">A file can't be used, or the splits differ in image size.</exception>
    public static FashionMnist Load(FashionMnistFiles files)
    {
        var test = Task.Run(() => LabelledImages.Read(files.TestImages, files.TestLabels, ClassNames));
        var train = LabelledImages.Read(files.TrainImages, files.TrainLabels, ClassNames);
        var set = new FashionMnist(train, test.GetAwaiter().GetResult(), files.Folder);
        if ((set.Train.Rows, set.Train.Columns) != (set.Test.Rows, set.Test.Columns))
        {
            throw new DataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{files.Folder} holds training images of {set.Train.Rows}×{set.Train.Columns} pixels and test images of "
                + $"{set.Test.Rows}×{set.Test.Columns}; they must be of one size. Take all four files from one data set."));
        }

        return set;
    }
}
