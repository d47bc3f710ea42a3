using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace GradTorch.Backends.Measures;

/// <summary>Rows of elements in the host's own memory, read where they lie: no operator, no copy, and nothing to wait for.</summary>
/// <param name="All">Contiguous, of a CPU.</param>
/// <param name="Stride">From a member to the next, in elements.</param>
/// <param name="Start">The first row of the first member.</param>
/// <param name="Distance">From a row of a member to its next.</param>
/// <param name="Count">Rows of a member.</param>
/// <param name="Size">Elements of a row.</param>
internal sealed record HostRows(Tensor All, int Stride, int Start, int Distance, int Count, int Size)
{
    /// <summary>Whether the elements of a tensor can be read in place: a CPU's, no more than a span holds.</summary>
    public static bool CanRead(Tensor tensor) =>
        tensor.is_cpu() && (tensor.dtype == float32 || tensor.dtype == float64)
        && tensor.numel() <= int.MaxValue / sizeof(double);

    /// <summary>Of a tensor (S, …), one row for each member.</summary>
    public static HostRows Of(Tensor tensor)
    {
        var size = (int)(tensor.numel() / tensor.shape[0]);
        return new HostRows(tensor.contiguous(), size, 0, size, 1, size);
    }

    public static HostRows Of(LayerRows layers) => new(
        layers.All, (int)layers.All.stride(0), (int)layers.Rows.storage_offset(), (int)layers.Distance, (int)layers.Rows.size(1),
        (int)layers.Rows.size(2));

    public ReadOnlySpan<T> Row<T>(ReadOnlySpan<T> elements, int member, int row) =>
        elements.Slice(member * Stride + Start + row * Distance, Size);

    /// <summary>The elements of a contiguous tensor of a CPU.</summary>
    public static Span<T> Elements<T>(Tensor tensor) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
#pragma warning disable RS0030 // Memory of the host: no device is waited for.
        MemoryMarshal.Cast<byte, T>(tensor.bytes);
#pragma warning restore RS0030
}
