using GradTorch.Configuration;

namespace GradTorch.Data;

/// <summary>Mean and standard deviation (n in the denominator) of pixels 0 to 255, from exact integer sums.</summary>
public static class PixelStatistics
{
    /// <summary>The scale and offset that standardise pixels: over the whole split, for each pixel, or only to 0…1.
    /// A pixel that never changes is centred and not scaled.</summary>
    public static (double[] Scale, double[] Offset) Of(LabelledImages images, Standardisation standardisation) =>
        standardisation switch
        {
            Standardisation.None => ([1 / 255.0], [0]),
            Standardisation.Feature => Moments(images.Features, images),
            _ => Moments(1, images),
        };

    private static (double[] Scale, double[] Offset) Moments(int groups, LabelledImages images)
    {
        var (sums, squares) = (new long[groups], new long[groups]);
        var pixels = images.Images;
        if (groups == 1)
        {
            var histogram = new long[256];
            foreach (var pixel in pixels) histogram[pixel]++;
            for (var value = 0; value < 256; value++)
            {
                sums[0] += histogram[value] * value;
                squares[0] += histogram[value] * value * value;
            }
        }
        else
        {
            for (var start = 0; start < pixels.Length; start += groups)
            {
                for (var i = 0; i < groups; i++)
                {
                    long pixel = pixels[start + i];
                    sums[i] += pixel;
                    squares[i] += pixel * pixel;
                }
            }
        }
        var count = (double)(pixels.Length / groups);
        var (scale, offset) = (new double[groups], new double[groups]);
        for (var i = 0; i < groups; i++)
        {
            var mean = sums[i] / count;
            var deviation = Math.Sqrt(Math.Max(squares[i] / count - mean * mean, 0));
            scale[i] = deviation > 0 ? 1 / deviation : 1 / 255.0;
            offset[i] = -mean * scale[i];
        }
        return (scale, offset);
    }
}
