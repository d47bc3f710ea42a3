using static TorchSharp.torch;

namespace GradTorch.Gradients;

/// <summary>The one place where numbers leave the device: when a record is flushed, an evaluation is done, a state is kept, or a run ends.
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

    /// <summary>The bytes of all elements in row-major order, as the machine has them.</summary>
    public static byte[] Bytes(Tensor tensor)
    {
        if (tensor.numel() == 0) return [];
        using var scope = NewDisposeScope();
#pragma warning disable RS0030 // This is the keeping of a state.
        return tensor.detach().cpu().contiguous().bytes.ToArray();
#pragma warning restore RS0030
    }

    /// <summary>Puts the elements back of which <see cref="Bytes"/> gave the bytes.</summary>
    public static void SetBytes(Tensor tensor, ReadOnlySpan<byte> bytes)
    {
        if (tensor.numel() == 0) return;
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var host = empty(tensor.shape, tensor.dtype, CPU);
#pragma warning disable RS0030 // Into memory of the host, from where the tensor takes a copy.
        bytes.CopyTo(host.bytes);
#pragma warning restore RS0030
        tensor.copy_(host);
    }
}
