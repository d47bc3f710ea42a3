#if TORCH_SYSTEM
using GradTorch.LibTorch;
using static TorchSharp.torch;

namespace GradTorch.Backends;

/// <summary>What our own binding does better: the linear map, taps and measurement in C++, optimisers in one pass on the CPU, and facts
/// about the library.</summary>
public sealed class LibTorchBackend : PlainTorchBackend
{
    public override string Source => "system";

    public override string LibtorchVersion => Library.Version;

    public override string? BlasKernels => Library.BlasKernels is { Length: > 0 } kernels ? kernels : null;

    public override bool FlushDenormals(bool on) => Library.FlushDenormals(on);

    public override Tensor Affine(Tensor x_SBI, Tensor weight_SIO, Tensor bias_S1O) =>
        Ensemble.Affine(x_SBI, weight_SIO, bias_S1O);

    /// <summary>The same tensor, watched by a hook in C++.</summary>
    public override Tensor Tap(Tensor tensor, Tensor table, int norm, int zeros, int nonfinite)
    {
        Measurement.Tap(tensor, table, norm, zeros, nonfinite);
        return tensor;
    }

    public override void MeasureNorm(Tensor tensor, Tensor table, int norm, int nonfinite = -1, int zeros = -1) =>
        Measurement.Norm(tensor, table, norm, zeros, nonfinite);

    public override void MeasureDifference(Tensor tensor, Tensor before, Tensor table, int norm) =>
        Measurement.Difference(tensor, before, table, norm);

    public override void MeasureActivation(Tensor tensor, Tensor table, int mean, int deviation, int saturated,
        int nonfinite, double low, double high) =>
        Measurement.Activation(tensor, table, mean, deviation, saturated, nonfinite, low, high);

    public override void SgdStep(Tensor weight, Tensor gradient, Tensor? velocity, Tensor rates_S, Tensor alive_S,
        double momentum, double weightDecay, bool nesterov)
    {
        if (weight.is_cpu())
            FusedOptimizers.Sgd(weight, gradient, velocity, rates_S, alive_S, momentum, weightDecay, nesterov);
        else
            base.SgdStep(weight, gradient, velocity, rates_S, alive_S, momentum, weightDecay, nesterov);
    }

    public override void AdamStep(Tensor weight, Tensor gradient, Tensor first, Tensor second, Tensor rates_S,
        Tensor alive_S, long step, double beta1, double beta2, double epsilon, double weightDecay)
    {
        if (weight.is_cpu())
            FusedOptimizers.Adam(weight, gradient, first, second, rates_S, alive_S, step, beta1, beta2, epsilon, weightDecay);
        else
            base.AdamStep(weight, gradient, first, second, rates_S, alive_S, step, beta1, beta2, epsilon, weightDecay);
    }
}
#endif
