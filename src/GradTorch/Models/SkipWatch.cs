using static TorchSharp.torch;

namespace GradTorch.Models;

/// <summary>Sees what comes back to the input of each block of a residual net, through its skip and through its layers, in one pass.
/// </summary>
public sealed class SkipWatch : IDisposable
{
    private readonly List<(Tensor Skip, Tensor Branch)> _blocks = [];

    /// <summary>The input of the next block as its two ways take it: equal, and with gradients of their own.</summary>
    public (Tensor Skip, Tensor Branch) Split(Tensor input)
    {
        // Data need no gradient otherwise.
        var source = input.requires_grad ? input : input.detach().requires_grad_();
        // Views: an alias is the same tensor, with the same gradient.
        var (skip, branch) = (source.view(source.shape), source.view(source.shape));
        skip.retain_grad();
        branch.retain_grad();
        // The same tensors once more, for callers dispose of theirs.
        _blocks.Add((skip.to(skip.dtype).DetachFromDisposeScope(), branch.to(branch.dtype).DetachFromDisposeScope()));
        return (skip, branch);
    }

    /// <summary>After backward, block by block: the gradient of its input (S, B, …) through either way; null where none comes.</summary>
    public IEnumerable<(Tensor? Skip, Tensor? Branch)> Gradients() => _blocks.Select(block => (GradientOf(block.Skip), GradientOf(block.Branch)));

    public void Forget()
    {
        foreach (var (skip, branch) in _blocks)
        {
            skip.Dispose();
            branch.Dispose();
        }
        _blocks.Clear();
    }

    public void Dispose() => Forget();

    private static Tensor? GradientOf(Tensor tensor) => tensor.grad is { IsInvalid: false } gradient ? gradient : null;
}
