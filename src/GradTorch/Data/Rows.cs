using static TorchSharp.torch;

namespace GradTorch.Data;

/// <summary>Which examples a batch is made of: each tensor that a split stores gives its rows to the same ones.</summary>
/// <param name="Members">S.</param>
/// <param name="Count">B, examples of each member.</param>
public readonly record struct Rows(Func<Tensor, Tensor> Select, long Members, long Count)
{
    /// <param name="indices_SB">int64, on the device.</param>
    public static Rows At(Tensor indices_SB)
    {
        var flat = indices_SB.reshape(-1);
        return new Rows(stored => stored.index_select(0, flat), indices_SB.shape[0], indices_SB.shape[1]);
    }

    public static Rows From(long start, long count) => new(stored => stored.narrow(0, start, count), 1, count);

    /// <returns>(S, B, …) of what is stored as (N, …).</returns>
    public Tensor Of(Tensor stored) => Select(stored).view([Members, Count, .. stored.shape[1..]]);

    /// <returns>(S, T, B, …), contiguous, of what is stored as (N, T, …).</returns>
    public Tensor TimeFirst(Tensor stored) => Of(stored).transpose(1, 2).contiguous();
}
