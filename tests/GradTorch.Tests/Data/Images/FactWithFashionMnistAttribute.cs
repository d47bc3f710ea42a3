using GradTorch.Data;

namespace GradTorch.Tests.Data;

/// <summary>A fact about the real files; visibly skipped on a machine that does not have them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactWithFashionMnistAttribute : FactAttribute
{
    public static string Folder { get; } = DataLocations.OfThisMachine("fashion-mnist").SystemFolder;

    public FactWithFashionMnistAttribute()
    {
        if (!Directory.Exists(Folder))
        {
            Skip = $"Fashion-MNIST is not in {Folder}: install Debian's package dataset-fashion-mnist.";
        }
    }
}
