using TorchSharp;

namespace GradTorch.LibTorch.Tests;

/// <summary>A tensor's elements in .NET, without keeping a reference to it.</summary>
internal static class Elements
{
    internal static double[] Of(torch.Tensor tensor) => Of<double>(tensor);

    internal static T[] Of<T>(torch.Tensor tensor) where T : unmanaged
    {
        using var elements = tensor.data<T>();
        return elements.ToArray();
    }
}
