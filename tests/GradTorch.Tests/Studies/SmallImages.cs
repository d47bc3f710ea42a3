using GradTorch.Data;
using GradTorch.Tests.Data;

namespace GradTorch.Tests.Studies;

/// <summary>Sets of images in the files of Fashion-MNIST, small enough to be read in no time.</summary>
public sealed class SmallImages : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<string> _made;
    private readonly Lazy<string> _real;

    public SmallImages()
    {
        _made = new Lazy<string>(Make);
        _real = new Lazy<string>(CutOut);
    }

    /// <summary>600 training and 130 test images of 8×8 pixels: ten patterns, each with noise of its own.</summary>
    public string Made => _made.Value;

    /// <summary>The first 6,000 training and 500 test images of Fashion-MNIST itself.</summary>
    public string Real => _real.Value;

    public void Dispose() => _folder.Dispose();

    private string Make()
    {
        var random = new Random(5);
        var patterns = new byte[10 * 64];
        random.NextBytes(patterns);
        (byte[] Images, byte[] Labels) Draw(int count)
        {
            var labels = Enumerable.Range(0, count).Select(i => (byte)(i % 10)).ToArray();
            byte[] images = [.. labels.SelectMany(label => patterns.Skip(label * 64).Take(64).ToArray())
                .Select(pixel => (byte)((pixel + random.Next(256)) / 2))];
            return (images, labels);
        }
        return Write("made", Draw(600), Draw(130), 8);
    }

    private string CutOut()
    {
        var all = ImageSplits.Load(PublishedImages.FashionMnist, FactWithFashionMnistAttribute.Folder);
        (byte[], byte[]) First(LabelledImages split, int count) => (split.Images[..(count * 784)], split.Labels[..count]);
        return Write("real", First(all.Train, 6000), First(all.Test, 500), 28);
    }

    private string Write(string name, (byte[] Images, byte[] Labels) train, (byte[] Images, byte[] Labels) test, int side)
    {
        string[] files = ImageFiles.Names;
        _folder.Write(Path.Combine(name, files[0]), IdxBytes.Of([train.Labels.Length, side, side], train.Images));
        _folder.Write(Path.Combine(name, files[1]), IdxBytes.Labels(train.Labels));
        _folder.Write(Path.Combine(name, files[2]), IdxBytes.Of([test.Labels.Length, side, side], test.Images));
        _folder.Write(Path.Combine(name, files[3]), IdxBytes.Labels(test.Labels));
        return _folder.File(name);
    }
}
