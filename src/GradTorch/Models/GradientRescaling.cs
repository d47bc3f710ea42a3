using static TorchSharp.torch;

namespace GradTorch.Models;

/// <summary>Keeps a gradient in the range of its type on its way back, whatever its size: at a cut, which is an identity forwards, each
/// member's gradient is multiplied by a power of two that brings its largest element to about 1. The way back is linear, so what is
/// measured below is the true one times the powers of all cuts above, exactly.</summary>
public sealed class GradientRescaling : IDisposable
{
    /// <summary>log₂ of what each cut multiplied by, float64 (S), in the order of the way back.</summary>
    private readonly List<Tensor> _exponents = [];

    /// <summary>Cuts in the order of the way forward: the layer, from 0, that each follows.</summary>
    private readonly List<int> _layers = [];

    /// <summary>Cuts behind a layer all that goes on from there: they are scaled alike, so that their gradients may be added below.
    /// </summary>
    /// <param name="layer">From 0.</param>
    public IReadOnlyList<Tensor> Cut(int layer, params Tensor[] streams)
    {
        _layers.Add(layer);
        return Function.apply([.. streams, _exponents]);
    }

    /// <summary>After the way back: each cut's layer and log₂ of what it multiplied the members' gradients by, float64 (S).</summary>
    public IEnumerable<(int Layer, Tensor Exponents)> Cuts => _layers.AsEnumerable().Reverse().Zip(_exponents);

    public void Dispose()
    {
        foreach (var exponents in _exponents) exponents.Dispose();
    }

    private sealed class Function : autograd.MultiTensorFunction<Function>
    {
        public override string Name => nameof(GradientRescaling);

        public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_data("exponents", vars[^1]);
            return [.. vars[..^1].Select(stream => ((Tensor)stream).alias())];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
        {
            // Of a CUDA device backward has a thread of its own, which the scope of the step does not reach.
            using var scope = NewDisposeScope();
            var exponents = ExponentsOf(grad_outputs);
            ((List<Tensor>)ctx.get_data("exponents")!).Add(exponents.DetachFromDisposeScope());
            return
            [
                .. grad_outputs.Select(gradient => (gradient * exponents.exp2().to(gradient.dtype).view(PerMember(gradient))).MoveToOuterDisposeScope()),
                null!,
            ];
        }

        /// <summary>−log₂ of the largest magnitude, rounded; 0 where there is none that could be scaled. No more than the type has powers for.
        /// </summary>
        private static Tensor ExponentsOf(List<Tensor> gradients)
        {
            var largest = gradients.Select(gradient => gradient.abs().flatten(1).amax([1])).Aggregate(maximum).to(float64);
            var exponents = largest.log2().round().neg().clamp(-100, 100);
            return where(largest.isfinite().logical_and(largest > 0), exponents, zeros_like(exponents));
        }

        private static long[] PerMember(Tensor gradient) => [gradient.shape[0], .. Enumerable.Repeat(1L, (int)gradient.dim() - 1)];
    }
}
