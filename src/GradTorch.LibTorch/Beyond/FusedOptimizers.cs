using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;
using static TorchSharp.torch;

namespace GradTorch.LibTorch;

/// <summary>Optimiser steps in one pass over all parameters of all members. Parameters, gradients and states
/// are (S, P) and contiguous; rates float64 (S); members whose <c>alive</c> (bool, S) is false stay as they are. All gradients are 0
/// afterwards.</summary>
/// <remarks><c>factors</c>, float64 (S, R), multiply the gradients as they are read: one for each of R ranges of the parameters,
/// which follow each other, each up to its end in <c>ends</c>. Null takes the gradients as they are.</remarks>
public static class FusedOptimizers
{
    /// <summary>Whether steps can be done where parameters lie: on the CPU always, on a CUDA device where kernels can be compiled
    /// and for up to 65,535 members.
    /// </summary>
    public static bool Take(Tensor weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        return gt_optimizers_take(weight.Handle) != 0;
    }

    /// <param name="velocity">Null without momentum.</param>
    public static void Sgd(Tensor weight, Tensor gradient, Tensor? velocity, Tensor rates, Tensor alive, double momentum,
        double weightDecay, bool nesterov, Tensor? factors = null, Tensor? ends = null)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(rates);
        ArgumentNullException.ThrowIfNull(alive);
        Failure.Check(gt_sgd_step(weight.Handle, gradient.Handle, velocity?.Handle ?? 0, rates.Handle, alive.Handle,
                factors?.Handle ?? 0, ends?.Handle ?? 0, momentum, weightDecay, nesterov ? 1 : 0));
    }

    /// <param name="step">int64 (1): counts the steps, from 1.</param>
    /// <param name="decoupled">Weight decay shrinks the weights, times the rate, instead of adding to the gradient (AdamW).
    /// </param>
    public static void Adam(Tensor weight, Tensor gradient, Tensor first, Tensor second, Tensor rates, Tensor alive,
        Tensor step, double beta1, double beta2, double epsilon, double weightDecay, bool decoupled = false,
        Tensor? factors = null, Tensor? ends = null)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(rates);
        ArgumentNullException.ThrowIfNull(alive);
        ArgumentNullException.ThrowIfNull(step);
        Failure.Check(gt_adam_step(weight.Handle, gradient.Handle, first.Handle, second.Handle, rates.Handle,
                alive.Handle, factors?.Handle ?? 0, ends?.Handle ?? 0, step.Handle, beta1, beta2, epsilon, weightDecay, decoupled ? 1 : 0));
    }

    /// <param name="square">Mean of squared gradients.</param>
    /// <param name="mean">Mean of gradients; null unless centered.</param>
    /// <param name="buffer">Null without momentum.</param>
    public static void RmsProp(Tensor weight, Tensor gradient, Tensor square, Tensor? mean, Tensor? buffer, Tensor rates,
        Tensor alive, double alpha, double epsilon, double momentum, double weightDecay,
        Tensor? factors = null, Tensor? ends = null)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(square);
        ArgumentNullException.ThrowIfNull(rates);
        ArgumentNullException.ThrowIfNull(alive);
        Failure.Check(gt_rmsprop_step(weight.Handle, gradient.Handle, square.Handle, mean?.Handle ?? 0,
                buffer?.Handle ?? 0, rates.Handle, alive.Handle, factors?.Handle ?? 0, ends?.Handle ?? 0, alpha, epsilon, momentum, weightDecay));
    }
}
