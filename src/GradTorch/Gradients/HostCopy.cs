using static TorchSharp.torch;

namespace GradTorch.Gradients;

/// <summary>The one place where numbers leave the device: when a record is flushed, an evaluation is done, or a run ends.
/// Everywhere else a banned-symbol rule forbids it.</summary>
public static class HostCopy
{
    /// <summary>All elements in row-major order, as float64.</summary>
    public static double[] Doubles(Tensor tensor)
    {
        // TorchSharp's accessor throws where there is nothing to copy.
        if (tensor.numel() == 0) return [];
        using var scope = NewDisposeScope();
#pragma warning disable RS0030 // This is the flush.
        using var elements = tensor.detach().to(float64).contiguous().cpu().data<double>();
        return elements.ToArray();
#pragma warning restore RS0030
    }
}
