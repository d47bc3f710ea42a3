using System.Security.Cryptography;
using GradTorch.Data;

namespace GradTorch.Tests.Data;

public sealed class LabelledImagesTests : IDisposable
{
    private static readonly PublishedImages Set = PublishedImages.FashionMnist;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_split_has_its_images_labels_sizes_and_names()
    {
        var split = Read(IdxBytes.Images(3, 2, 4), IdxBytes.Labels(9, 0, 5));
        Assert.Equal((3, 2, 4, 8, 10), (split.Count, split.Rows, split.Columns, split.Features, split.Classes));
        Assert.Equal(Enumerable.Range(0, 24).Select(i => (byte)i), split.Images);
        Assert.Equal([9, 0, 5], split.Labels);
        Assert.Equal("Ankle boot", split.ClassNames[split.Labels[0]]);
    }

    [Fact]
    public void The_checksum_is_that_of_the_uncompressed_files_in_a_row()
    {
        byte[] images = IdxBytes.Images(3, 2, 4), labels = IdxBytes.Labels(9, 0, 5);
        var expected = Convert.ToHexStringLower(SHA256.HashData([.. images, .. labels]));
        Assert.Equal(expected, Read(images, labels).Checksum);
        Assert.Equal(expected, Read(IdxBytes.Gzip(images), IdxBytes.Gzip(labels)).Checksum);
        Assert.NotEqual(expected, Read(images, IdxBytes.Labels(9, 0, 6)).Checksum);
    }

    [Fact]
    public void Counts_that_differ_are_told_with_both()
    {
        var message = Refusal(IdxBytes.Images(3, 2, 4), IdxBytes.Labels(9, 0));
        Assert.Contains("3 images", message, StringComparison.Ordinal);
        Assert.Contains("2 labels", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_outside_the_classes_is_told_with_its_place()
    {
        var message = Refusal(IdxBytes.Images(3, 2, 4), IdxBytes.Labels(9, 10, 5));
        Assert.Contains("label 10 for image 1", message, StringComparison.Ordinal);
        Assert.Contains("0 to 9", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Swapped_files_are_told() =>
        Assert.Contains(
            "swapped", Refusal(IdxBytes.Labels(9, 0, 5), IdxBytes.Images(3, 2, 4)), StringComparison.Ordinal);

    [Fact]
    public void A_split_without_images_is_refused() =>
        Assert.Contains("no pixels", Refusal(IdxBytes.Of([0, 28, 28], []), IdxBytes.Labels()), StringComparison.Ordinal);

    [Fact]
    public void Splits_of_different_image_sizes_are_refused()
    {
        var set = IdxBytes.SmallSet();
        set["t10k-images-idx3-ubyte"] = IdxBytes.Images(2, 3, 3);
        foreach (var (name, content) in set)
        {
            folder.Write(name, content);
        }

        var locations = new DataLocations(null, "", "");
        var files = ImageFiles.Find(Set, folder.Path, locations, new ImageDownload(Set));
        var message = Assert.Throws<DataException>(() => ImageSplits.Load(files, Set.ClassNames)).Message;
        Assert.Contains("2×4", message, StringComparison.Ordinal);
        Assert.Contains("3×3", message, StringComparison.Ordinal);
    }

    [FactWithFashionMnist]
    public void Fashion_mnist_is_what_its_publisher_says()
    {
        var set = ImageSplits.Load(PublishedImages.FashionMnist, FactWithFashionMnistAttribute.Folder);
        Assert.Equal((60_000, 10_000), (set.Train.Count, set.Test.Count));
        Assert.Equal((784, 10), (set.Train.Features, set.Test.Classes));
        Assert.All(set.Train.Labels.CountBy(label => label), count => Assert.Equal(6_000, count.Value));
        Assert.All(set.Test.Labels.CountBy(label => label), count => Assert.Equal(1_000, count.Value));

        // The mean and standard deviation that everyone normalises with: 0.2860 and 0.3530.
        var mean = set.Train.Images.Average(pixel => pixel / 255.0);
        var square = set.Train.Images.Average(pixel => pixel / 255.0 * (pixel / 255.0));
        Assert.Equal(0.2860, mean, 0.00005);
        Assert.Equal(0.3530, Math.Sqrt(square - mean * mean), 0.00005);
    }

    private LabelledImages Read(byte[] images, byte[] labels) =>
        LabelledImages.Read(folder.Write("images", images), folder.Write("labels", labels), PublishedImages.FashionMnist.ClassNames);

    private string Refusal(byte[] images, byte[] labels) =>
        Assert.Throws<DataException>(() => Read(images, labels)).Message;
}
