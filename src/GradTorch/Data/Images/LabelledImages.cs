using System.Globalization;
using System.Security.Cryptography;

namespace GradTorch.Data;

/// <summary>One split of a set of images of one size, each with the class it belongs to.</summary>
public sealed class LabelledImages
{
    private readonly Task<string> checksum;

    /// <param name="images">Image after image, each channel after channel, row after row.</param>
    /// <param name="files">What the checksum is taken over.</param>
    internal LabelledImages(
        byte[] images, byte[] labels, int channels, int rows, int columns, IReadOnlyList<string> classNames,
        IReadOnlyList<byte[]> files)
    {
        (Images, Labels, ClassNames) = (images, labels, classNames);
        (Channels, Rows, Columns) = (channels, rows, columns);
        // Half a second for 60,000 images on a slow core: begun here, waited for where it is asked for.
        checksum = Task.Run(() => Sha256Of(files));
    }

    /// <summary>
    /// Pixels 0 (black) to 255, image after image, channel after channel, row after row: <see cref="Count"/> ×
    /// <see cref="Features"/>.
    /// </summary>
    public byte[] Images { get; }

    /// <summary>The class of each image, 0 to <see cref="Classes"/> − 1.</summary>
    public byte[] Labels { get; }

    public int Count => Labels.Length;

    /// <summary>1 for grey, 3 for red, green and blue.</summary>
    public int Channels { get; }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Numbers of one image.</summary>
    public int Features => Channels * Rows * Columns;

    public int Classes => ClassNames.Count;

    /// <summary>A name for each class, by label.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>
    /// SHA-256 in lower-case hex over the uncompressed files, of IDX files the images before the labels, however they are packed:
    /// <c>zcat train-images-idx3-ubyte.gz train-labels-idx1-ubyte.gz | sha256sum</c>.
    /// </summary>
    public string Checksum => checksum.GetAwaiter().GetResult();

    /// <summary>Reads a split from its two IDX files.</summary>
    /// <exception cref="DataException">
    /// A file can't be used, the images are not of three dimensions or the labels not of one, there are none, their
    /// counts differ, or a label is outside 0 to classes − 1.
    /// </exception>
    public static LabelledImages Read(string imagesFile, string labelsFile, IReadOnlyList<string> classNames)
    {
        var labels = IdxFile.Read(labelsFile);
        var images = IdxFile.Read(imagesFile);
        RequireDimensions(images, 3, "images (count, rows, columns)", imagesFile);
        RequireDimensions(labels, 1, "labels (count)", labelsFile);
        if (images.Shape[0] != labels.Shape[0])
        {
            throw new DataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{imagesFile} holds {images.Shape[0]} images but {labelsFile} holds {labels.Shape[0]} labels; there must "
                + $"be one label for each image. Take both files from the same split."));
        }

        if (images.Values.Length == 0)
        {
            throw new DataException(
                $"{imagesFile} holds no pixels (shape {string.Join('×', images.Shape)}); at least one image of at least "
                + "one pixel is needed. Give a file with images.");
        }

        var wrong = labels.Values.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(classNames.Count - 1));
        if (wrong >= 0)
        {
            throw new DataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{labelsFile} holds label {labels.Values[wrong]} for image {wrong}; labels are 0 to "
                + $"{classNames.Count - 1}. Give a file of {classNames.Count} classes."));
        }

        return new LabelledImages(
            images.Values, labels.Values, 1, images.Shape[1], images.Shape[2], classNames,
            [images.Header(), images.Values, labels.Header(), labels.Values]);
    }

    private static void RequireDimensions(IdxArray array, int dimensions, string what, string file)
    {
        if (array.Shape.Length != dimensions)
        {
            throw new DataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{file} has {array.Shape.Length} dimensions; {what} have {dimensions}. Check that images and labels were "
                + $"not swapped."));
        }
    }

    private static string Sha256Of(IReadOnlyList<byte[]> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files) hash.AppendData(file);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
