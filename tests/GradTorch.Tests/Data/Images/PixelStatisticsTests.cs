using GradTorch.Configuration;
using GradTorch.Data;

namespace GradTorch.Tests.Data;

public sealed class PixelStatisticsTests : IDisposable
{
    private const int Count = 50, Pixels = 6;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Over_the_data_set_pixels_come_to_mean_0_and_deviation_1()
    {
        var pixels = Drawn();
        var (scale, offset) = PixelStatistics.Of(Split(pixels), Standardisation.Dataset);
        var (mean, deviation) = Moments(pixels);
        Arrays.AssertClose([1 / deviation], scale, 1e-12);
        Arrays.AssertClose([-mean / deviation], offset, 1e-12);
    }

    [Fact]
    public void Per_feature_each_pixel_does_and_one_that_never_changes_is_only_centred()
    {
        var pixels = Drawn();
        for (var image = 0; image < Count; image++) pixels[image * Pixels + 4] = 200;
        var (scale, offset) = PixelStatistics.Of(Split(pixels), Standardisation.Feature);
        Assert.Equal((Pixels, Pixels), (scale.Length, offset.Length));
        for (var feature = 0; feature < Pixels; feature++)
        {
            var (mean, deviation) = Moments([.. pixels.Where((_, i) => i % Pixels == feature)]);
            var expected = feature == 4 ? 1 / 255.0 : 1 / deviation;
            Arrays.AssertClose([expected, -mean * expected], [scale[feature], offset[feature]], 1e-12);
        }
    }

    [Fact]
    public void Without_standardisation_pixels_come_to_0_to_1()
    {
        var (scale, offset) = PixelStatistics.Of(Split(Drawn()), Standardisation.None);
        Assert.Equal([1 / 255.0], scale);
        Assert.Equal([0.0], offset);
    }

    [FactWithFashionMnist]
    public void Fashion_MNIST_has_the_mean_and_deviation_that_everyone_uses()
    {
        var train = LabelledImages.Read(
            Path.Combine(FactWithFashionMnistAttribute.Folder, "train-images-idx3-ubyte.gz"),
            Path.Combine(FactWithFashionMnistAttribute.Folder, "train-labels-idx1-ubyte.gz"), PublishedImages.FashionMnist.ClassNames);
        var (scale, offset) = PixelStatistics.Of(train, Standardisation.Dataset);
        Assert.Equal(0.2860, -offset[0] / scale[0] / 255, 4);
        Assert.Equal(0.3530, 1 / scale[0] / 255, 4);

        var (scales, offsets) = PixelStatistics.Of(train, Standardisation.Feature);
        const int middle = 14 * 28 + 14;
        var (mean, deviation) = Moments([.. Enumerable.Range(0, train.Count).Select(image => train.Images[image * 784 + middle])]);
        Arrays.AssertClose([1 / deviation, -mean / deviation], [scales[middle], offsets[middle]], 1e-11);
    }

    private static byte[] Drawn()
    {
        var pixels = new byte[Count * Pixels];
        new Random(3).NextBytes(pixels);
        return pixels;
    }

    /// <summary>Mean and √(Σ(x − mean)²/n), in two passes.</summary>
    private static (double Mean, double Deviation) Moments(byte[] pixels)
    {
        var mean = pixels.Average(pixel => (double)pixel);
        return (mean, Math.Sqrt(pixels.Average(pixel => Math.Pow(pixel - mean, 2))));
    }

    private LabelledImages Split(byte[] pixels) => LabelledImages.Read(
        folder.Write("images", IdxBytes.Of([Count, 2, 3], pixels)), folder.Write("labels", IdxBytes.Labels(new byte[Count])), ["only"]);
}
