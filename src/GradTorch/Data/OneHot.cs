using static TorchSharp.torch;

namespace GradTorch.Data;

/// <summary>Symbols as vectors with a single 1.</summary>
internal static class OneHot
{
    /// <param name="ids">Integers (…) from 0 to count − 1.</param>
    /// <returns>(…, count).</returns>
    public static Tensor Of(Tensor ids, long count, ScalarType dtype) =>
        ids.unsqueeze(-1).eq(arange(count, ids.dtype, ids.device)).to(dtype);
}
