using GradTorch.Backends.Measures;
using GradTorch.Backends.Scan;
using static TorchSharp.torch;

namespace GradTorch.Backends;

/// <summary>The seam between GradTorch and what supplies the TorchSharp API: the hot spots, and facts about the library
/// underneath. <see cref="PlainTorchBackend"/> does it all with TorchSharp's own operators; a binding that can do better
/// overrides what it does better.</summary>
/// <remarks>A <em>table</em> is a float64 tensor (S, Q), member by quantity, on the device of what is measured; a quantity
/// of −1 is not wanted.</remarks>
public interface ITorchBackend
{
    /// <summary>Where the TorchSharp API comes from: "system", or the name of a package.</summary>
    string Source { get; }

    /// <summary>Version of libtorch, as "1.13.0".</summary>
    string LibtorchVersion { get; }

    /// <summary>The kernels that the BLAS library uses, where it is known.</summary>
    string? BlasKernels { get; }

    /// <summary>Whether denormal numbers become 0 on the calling thread; false when that can't be switched.</summary>
    bool FlushDenormals(bool on);

    /// <summary>How many CUDA devices libtorch sees.</summary>
    int CudaDevices { get; }

    /// <summary>The model of a CUDA device; null where it can't be told.</summary>
    string? DeviceName(Device device);

    /// <summary>The version of the GPUs' driver; null where it can't be told.</summary>
    string? Driver { get; }

    /// <summary>Bytes that tensors can still be made of on a CUDA device; null where it can't be told.</summary>
    long? AvailableMemory(Device device);

    /// <summary>Works that are done again and again on a device, one at a time; where the backend can, with one launch each time. None of
    /// them may leave anything behind in tensors that it makes.</summary>
    IReadOnlyList<RepeatedWork> Repeated(Device device, IReadOnlyList<Action> works);

    /// <summary>x · scale + offset, product and sum rounded each, of numbers as they are stored.</summary>
    /// <param name="raw">Of any type; it stays as it is.</param>
    /// <param name="scale">Of a shape that extends to that of <paramref name="raw"/>; its type is that of the outcome.</param>
    /// <param name="offset">Of the same shape and type.</param>
    Tensor Standardise(Tensor raw, Tensor scale, Tensor offset);

    /// <summary>x W + b per member. Weight and bias have a <c>grad</c>, which backward adds to.</summary>
    /// <param name="x_SBI">Inputs (S, B, in).</param>
    /// <param name="weight_SIO">Weights (S, in, out).</param>
    /// <param name="bias_S1O">Biases (S, 1, out).</param>
    /// <returns>(S, B, out).</returns>
    Tensor Affine(Tensor x_SBI, Tensor weight_SIO, Tensor bias_S1O);

    /// <summary>Layers g(x W + b) one after the other, per member, as one operator, which also writes what is recorded of them. A record
    /// changes neither bits nor whether there is such an operator.</summary>
    /// <param name="x_SBI">Inputs (S, B, in).</param>
    /// <param name="skipped">The skip path at the start (S, B, out), which the last layer joins; null where none does.</param>
    /// <returns>(S, B, out); null where the backend has no such operator: each layer is then made of <see cref="Affine"/> and its
    /// nonlinearity's own operators.</returns>
    Tensor? Dense(Tensor x_SBI, Tensor? skipped, IReadOnlyList<DenseUnit> layers);

    /// <summary>An Elman layer over a whole sequence: a_t = x_t U + h_{t−1} W + b, h_t = g(a_t), h_0 = 0. U, b and W have a
    /// <c>grad</c>, which backward adds to.</summary>
    /// <param name="x_STBD">Inputs (S, T, B, D).</param>
    /// <param name="input_SDH">U (S, D, H).</param>
    /// <param name="bias_S1H">b (S, 1, H).</param>
    /// <param name="recurrent_SHH">W (S, H, H).</param>
    /// <returns>Every state (S, T, B, H) or the last one (S, B, H), as the options say.</returns>
    /// <exception cref="ArgumentException">Shapes or options do not fit each other.</exception>
    Tensor ElmanScan(Tensor x_STBD, Tensor input_SDH, Tensor bias_S1H, Tensor recurrent_SHH, ElmanScanOptions options);

    /// <summary>Measures the layers of steps on a device, one step after the other. Not for several threads at once.</summary>
    LayerMeasures Measures(Device device);

    /// <summary>Euclidean norm per member, in float64; the fraction of exact zeros and the number of non-finite elements
    /// (added) where they are wanted.</summary>
    void MeasureNorm(Tensor tensor, Tensor table, int norm, int nonfinite = -1, int zeros = -1);

    /// <summary>Euclidean norm per member of <paramref name="tensor"/> − <paramref name="before"/>.</summary>
    void MeasureDifference(Tensor tensor, Tensor before, Tensor table, int norm);

    /// <summary>Mean and standard deviation (n − 1) over all but the members, the fraction of elements ≤
    /// <paramref name="low"/> or ≥ <paramref name="high"/>, and non-finite elements (added).</summary>
    void MeasureActivation(Tensor tensor, Tensor table, int mean, int deviation, int saturated, int nonfinite, double low,
        double high);

    /// <summary>One step of SGD on all parameters (S, P) of the members that are alive (bool, S). Like every step of an
    /// optimiser it leaves all gradients 0, those of the other members too.</summary>
    /// <param name="velocity">(S, P), or null without momentum.</param>
    /// <param name="rates_S">Learning rates, float64 (S).</param>
    /// <param name="scale">What the gradients are multiplied by first; null for 1.</param>
    void SgdStep(Tensor weight, Tensor gradient, Tensor? velocity, Tensor rates_S, Tensor alive_S, double momentum,
        double weightDecay, bool nesterov, GradientScale? scale = null);

    /// <summary>One step of Adam on all parameters (S, P) of the members that are alive.</summary>
    /// <param name="step">int64 (1) on their device: counts the steps, from 1.</param>
    /// <param name="decoupled">Weight decay shrinks the weights, times the rate, instead of adding to the gradient (AdamW).
    /// </param>
    void AdamStep(Tensor weight, Tensor gradient, Tensor first, Tensor second, Tensor rates_S, Tensor alive_S, Tensor step,
        double beta1, double beta2, double epsilon, double weightDecay, bool decoupled = false,
        GradientScale? scale = null);

    /// <summary>One step of RMSprop on all parameters (S, P) of the members that are alive.</summary>
    /// <param name="square">Mean of squared gradients, (S, P).</param>
    /// <param name="mean">Mean of gradients, (S, P); null unless centered.</param>
    /// <param name="buffer">(S, P), or null without momentum.</param>
    void RmsPropStep(Tensor weight, Tensor gradient, Tensor square, Tensor? mean, Tensor? buffer, Tensor rates_S,
        Tensor alive_S, double alpha, double epsilon, double momentum, double weightDecay,
        GradientScale? scale = null);

    /// <summary>Clamps each member's gradients (S, P) to ±its limit, in place; a NaN stays.</summary>
    /// <param name="limits_S">float64 (S).</param>
    /// <param name="norm">The quantity of the table that becomes the norm after it.</param>
    /// <param name="clamped">The quantity of the table that becomes 1 for a member with an element beyond its limit, else 0.
    /// </param>
    void Clamp(Tensor gradient, Tensor limits_S, Tensor table, int norm, int clamped);

    /// <summary>The factors that clip each range of each member's gradients to its threshold c: min(1, c/(‖g‖ + 1e-6)). The
    /// gradients are left as they are.</summary>
    /// <param name="gradient">(S, P).</param>
    /// <param name="thresholds_S">float64 (S).</param>
    /// <param name="scale">Takes the factors. A single range is the member as a whole, whose norm the table holds.</param>
    /// <param name="norm">The quantity of the table that is each member's norm.</param>
    /// <param name="clippedNorm">The quantity that becomes the norm after clipping.</param>
    /// <param name="clipped">The quantity that becomes 1 for a member with a factor below 1, else 0.</param>
    void ClipFactors(
        Tensor gradient, Tensor thresholds_S, GradientScale scale, Tensor table, int norm, int clippedNorm, int clipped);
}
