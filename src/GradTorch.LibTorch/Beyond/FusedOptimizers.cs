using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;
using static TorchSharp.torch;

namespace GradTorch.LibTorch;

/// <summary>Optimiser steps in one pass over all parameters of all members, on the CPU. Parameters, gradients and states
/// are (S, P) and contiguous; rates float64 (S); members whose <c>alive</c> (bool, S) is false stay as they are. All gradients are 0
/// afterwards.</summary>
/// <remarks><c>factors</c>, float64 (S, R), multiply the gradients as they are read: one for each of R ranges of the parameters,
/// which follow each other, each up to its end in <c>ends</c>. Null takes the gradients as they are.</remarks>
public static unsafe class FusedOptimizers
{
    /// <param name="velocity">Null without momentum.</param>
    public static void Sgd(Tensor weight, Tensor gradient, Tensor? velocity, Tensor rates, Tensor alive, double momentum,
        double weightDecay, bool nesterov, Tensor? factors = null, ReadOnlySpan<long> ends = default)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(rates);
        ArgumentNullException.ThrowIfNull(alive);
        RequireEnds(factors, ends);
        fixed (long* last = ends)
            Failure.Check(gt_sgd_step(weight.Handle, gradient.Handle, velocity?.Handle ?? 0, rates.Handle, alive.Handle,
                factors?.Handle ?? 0, last, momentum, weightDecay, nesterov ? 1 : 0));
    }

    /// <param name="step">int64 (1): counts the steps, from 1.</param>
    /// <param name="decoupled">Weight decay shrinks the weights, times the rate, instead of adding to the gradient (AdamW).
    /// </param>
    public static void Adam(Tensor weight, Tensor gradient, Tensor first, Tensor second, Tensor rates, Tensor alive,
        Tensor step, double beta1, double beta2, double epsilon, double weightDecay, bool decoupled = false,
        Tensor? factors = null, ReadOnlySpan<long> ends = default)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(rates);
        ArgumentNullException.ThrowIfNull(alive);
        ArgumentNullException.ThrowIfNull(step);
        RequireEnds(factors, ends);
        fixed (long* last = ends)
            Failure.Check(gt_adam_step(weight.Handle, gradient.Handle, first.Handle, second.Handle, rates.Handle,
                alive.Handle, factors?.Handle ?? 0, last, step.Handle, beta1, beta2, epsilon, weightDecay, decoupled ? 1 : 0));
    }

    /// <param name="square">Mean of squared gradients.</param>
    /// <param name="mean">Mean of gradients; null unless centered.</param>
    /// <param name="buffer">Null without momentum.</param>
    public static void RmsProp(Tensor weight, Tensor gradient, Tensor square, Tensor? mean, Tensor? buffer, Tensor rates,
        Tensor alive, double alpha, double epsilon, double momentum, double weightDecay,
        Tensor? factors = null, ReadOnlySpan<long> ends = default)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(square);
        ArgumentNullException.ThrowIfNull(rates);
        ArgumentNullException.ThrowIfNull(alive);
        RequireEnds(factors, ends);
        fixed (long* last = ends)
            Failure.Check(gt_rmsprop_step(weight.Handle, gradient.Handle, square.Handle, mean?.Handle ?? 0,
                buffer?.Handle ?? 0, rates.Handle, alive.Handle, factors?.Handle ?? 0, last, alpha, epsilon, momentum, weightDecay));
    }

    private static void RequireEnds(Tensor? factors, ReadOnlySpan<long> ends)
    {
        if ((factors?.shape[^1] ?? 0) != ends.Length)
            throw new ArgumentException("there must be as many ends of ranges as factors of a member", nameof(ends));
    }
}
