#if TORCH_SYSTEM
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GradTorch.Activations;
using GradTorch.Activations.Formulas;
using GradTorch.Backends.Measures;
using GradTorch.Backends.Scan;
using GradTorch.LibTorch;
using GradTorch.Quantities;
using static TorchSharp.torch;

namespace GradTorch.Backends;

/// <summary>What our own binding does better: the linear map, taps, measurement, optimisers and Elman layers in C++ and in kernels of
/// our own, steps as CUDA graphs, and facts about the library.</summary>
public sealed class LibTorchBackend : PlainTorchBackend
{
    private static readonly ConditionalWeakTable<Formula, ElementwiseStep[]> Steps = [];

    public override string Source => "system";

    public override string LibtorchVersion => Library.Version;

    public override string? BlasKernels => Library.BlasKernels is { Length: > 0 } kernels ? kernels : null;

    public override bool FlushDenormals(bool on) => Library.FlushDenormals(on);

    public override string? DeviceName(Device device) => CudaDevice.Name(Math.Max(device.index, 0));

    public override string? Driver => CudaDevice.Driver;

    public override long? AvailableMemory(Device device)
    {
        try
        {
            return CudaMemory.Of(Math.Max(device.index, 0)).Available;
        }
        catch (ExternalException)
        {
            return null; // built without CUDA's headers
        }
    }

    /// <summary>On a CUDA device as graphs that share their memory.</summary>
    public override IReadOnlyList<RepeatedWork> Repeated(Device device, IReadOnlyList<Action> works)
    {
        if (device.type != TorchSharp.DeviceType.CUDA) return base.Repeated(device, works);
        var memory = new Lazy<CudaGraphMemory>(CudaGraphMemory.New);
        return [.. works.Select(work => new GraphedWork(work, device, memory))];
    }

    /// <summary>In one pass on the CPU, where one scale is for all numbers.</summary>
    public override Tensor Standardise(Tensor raw, Tensor scale, Tensor offset) =>
        raw.is_cpu() && raw.is_contiguous() && scale.numel() == 1 && (raw.dtype == ScalarType.Byte || raw.dtype == scale.dtype)
            ? Standardisation.Apply(raw, scale, offset)
            : base.Standardise(raw, scale, offset);

    public override Tensor Affine(Tensor x_SBI, Tensor weight_SIO, Tensor bias_S1O) =>
        Ensemble.Affine(x_SBI, weight_SIO, bias_S1O);

    /// <summary>For activations that the kernels have built in: with their exact derivatives, if they tell what is saturated, or
    /// with any surrogate's.</summary>
    public override Tensor? Dense(Tensor x_SBI, Tensor? skipped, IReadOnlyList<DenseUnit> layers) =>
        layers.All(layer => layer.Nonlinearity is { Forward.BuiltIn: not null, Backward: not null } or { Forward.BuiltIn: not null, Saturation: not null })
        && DenseStack.Takes(x_SBI, layers[0].Weight_SIO.shape[2])
            ? DenseStack.Forward(x_SBI, skipped, [.. layers.Select(layer => LayerOf(layer, x_SBI.shape[0]))])
            : null;

    /// <summary>In C++ and in kernels of our own, for activations that they have built in and their exact derivatives; the rest with
    /// operators.</summary>
    public override Tensor ElmanScan(Tensor x_STBD, Tensor input_SDH, Tensor bias_S1H, Tensor recurrent_SHH,
        ElmanScanOptions options)
    {
        if (options.Nonlinearity is not { Backward: null, Forward.BuiltIn: { } form } || options.Record?.States?.Slopes is not null || options.Watch is not null
            || (!x_STBD.is_cpu() && options.Penalty is not null) || !LibTorch.ElmanLayer.Takes(x_STBD, input_SDH.shape[2]))
            return base.ElmanScan(x_STBD, input_SDH, bias_S1H, recurrent_SHH, options);
        var shape = ElmanScanShape.Of(x_STBD, input_SDH, bias_S1H, recurrent_SHH, options);
        var states = options.Record?.States;
        return LibTorch.ElmanLayer.Scan(x_STBD, input_SDH, bias_S1H, recurrent_SHH, new ElmanLayerOptions(
            GateOf(form), ParametersOf(form, shape.Members), options.EveryOutput,
            options.Truncate, options.Lengths_SB, options.Record?.Table_STQ,
            states is null ? null : new ElmanStateRecord(states.Table_SQ, states.Mean, states.Deviation, states.Saturated,
                states.Nonfinite, states.Low, states.High),
            options.Workspace?.Memory<ElmanMemory>(),
            options.Penalty is { } penalty ? new ElmanPenalty([.. penalty.Weight.All], penalty.Omega_S) : null));
    }

    public override LayerMeasures Measures(Device device) => new NativeMeasures();

    public override void MeasureNorm(Tensor tensor, Tensor table, int norm, int nonfinite = -1, int zeros = -1) =>
        Measurement.Norm(tensor, table, norm, zeros, nonfinite);

    public override void MeasureDifference(Tensor tensor, Tensor before, Tensor table, int norm) =>
        Measurement.Difference(tensor, before, table, norm);

    public override void MeasureActivation(Tensor tensor, Tensor table, int mean, int deviation, int saturated,
        int nonfinite, double low, double high) =>
        Measurement.Activation(tensor, table, mean, deviation, saturated, nonfinite, low, high);

    public override void SgdStep(Tensor weight, Tensor gradient, Tensor? velocity, Tensor rates_S, Tensor alive_S,
        double momentum, double weightDecay, bool nesterov, GradientScale? scale = null)
    {
        if (FusedOptimizers.Take(weight))
            FusedOptimizers.Sgd(
                weight, gradient, velocity, rates_S, alive_S, momentum, weightDecay, nesterov, scale?.Factors, scale?.Ends);
        else
            base.SgdStep(weight, gradient, velocity, rates_S, alive_S, momentum, weightDecay, nesterov, scale);
    }

    public override void AdamStep(Tensor weight, Tensor gradient, Tensor first, Tensor second, Tensor rates_S,
        Tensor alive_S, Tensor step, double beta1, double beta2, double epsilon, double weightDecay, bool decoupled = false,
        GradientScale? scale = null)
    {
        if (FusedOptimizers.Take(weight))
            FusedOptimizers.Adam(
                weight, gradient, first, second, rates_S, alive_S, step, beta1, beta2, epsilon, weightDecay, decoupled,
                scale?.Factors, scale?.Ends);
        else
            base.AdamStep(
                weight, gradient, first, second, rates_S, alive_S, step, beta1, beta2, epsilon, weightDecay, decoupled,
                scale);
    }

    public override void RmsPropStep(Tensor weight, Tensor gradient, Tensor square, Tensor? mean, Tensor? buffer,
        Tensor rates_S, Tensor alive_S, double alpha, double epsilon, double momentum, double weightDecay,
        GradientScale? scale = null)
    {
        if (FusedOptimizers.Take(weight))
            FusedOptimizers.RmsProp(
                weight, gradient, square, mean, buffer, rates_S, alive_S, alpha, epsilon, momentum, weightDecay,
                scale?.Factors, scale?.Ends);
        else
            base.RmsPropStep(
                weight, gradient, square, mean, buffer, rates_S, alive_S, alpha, epsilon, momentum, weightDecay,
                scale);
    }

    public override void Clamp(Tensor gradient, Tensor limits_S, Tensor table, int norm, int clamped)
    {
        if (gradient.is_cpu()) Clipping.Clamp(gradient, limits_S, table, norm, clamped);
        else base.Clamp(gradient, limits_S, table, norm, clamped);
    }

    public override void ClipFactors(
        Tensor gradient, Tensor thresholds_S, GradientScale scale, Tensor table, int norm, int clippedNorm, int clipped)
    {
        if (FusedOptimizers.Take(gradient))
            Clipping.Factors(gradient, thresholds_S, scale.Factors, scale.Ends, table, norm, clippedNorm, clipped);
        else
            base.ClipFactors(gradient, thresholds_S, scale, table, norm, clippedNorm, clipped);
    }

    private static DenseLayer LayerOf(DenseUnit unit, long members)
    {
        var form = unit.Nonlinearity.Forward.BuiltIn!;
        var (low, high) = unit.Nonlinearity.Saturation ?? (double.NegativeInfinity, double.PositiveInfinity);
        return new DenseLayer(
            unit.Weight_SIO, unit.Bias_S1O, GateOf(form), ParametersOf(form, members), SlopeOf(unit, members),
            unit.Skip is null ? DenseJoin.None : unit.Skip.BeforeActivation ? DenseJoin.BeforeActivation : DenseJoin.AfterActivation,
            unit.Skip?.Scale ?? 1,
            unit.Record is not { Row.Row: var row } ? null : new DenseRecord(
                row, (int)LayerQuantity.ActivationMean, (int)LayerQuantity.ActivationStd, (int)LayerQuantity.Saturated,
                (int)LayerQuantity.Nonfinite, (int)LayerQuantity.ActivationGradient, (int)LayerQuantity.PreactivationGradient,
                (int)LayerQuantity.ZeroGradient, low, high));
    }

    private static DenseSlope? SlopeOf(DenseUnit unit, long members)
    {
        if (unit.Nonlinearity is not { Backward: { } surrogate, BackwardScale: { } scale }) return null;
        return new DenseSlope(
            Steps.GetValue(surrogate.Slope, InSteps), [.. Enumerable.Range(0, (int)members).Select(member => scale[member])],
            unit.Record?.Slopes is { } slopes ? [.. slopes.Limits] : null);
    }

    private static ElementwiseStep[] InSteps(Formula formula) =>
    [
        .. formula.Steps.Select(step => new ElementwiseStep(
            Enum.Parse<ElementwiseOperation>(step.Operation.ToString()), step.X, step.Y, step.Constant)),
    ];

    private static double[] ParametersOf(BuiltInForm form, long members) => [.. Enumerable.Range(0, (int)members).Select(form.Parameter)];

    private static Gate GateOf(BuiltInForm form) => form.Activation switch
    {
        BuiltInActivation.Identity => Gate.Identity,
        BuiltInActivation.Sigmoid => Gate.Sigmoid,
        BuiltInActivation.Tanh => Gate.Tanh,
        BuiltInActivation.ReLU => Gate.ReLU,
        BuiltInActivation.LeakyReLU => Gate.LeakyReLU,
        _ => throw new ArgumentOutOfRangeException(nameof(form), form.Activation, "the kernel has no such activation"),
    };
}
#endif
