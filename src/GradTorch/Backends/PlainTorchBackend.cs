using GradTorch.Backends.Measures;
using GradTorch.Backends.Scan;
using static TorchSharp.torch;

namespace GradTorch.Backends;

/// <summary>Everything with operators that TorchSharp has: on any device, with any supplier of the API.</summary>
public class PlainTorchBackend : ITorchBackend
{
    public virtual string Source => typeof(Tensor).Assembly.GetName().Name ?? "TorchSharp";

    public virtual string LibtorchVersion => __version__;

    public virtual string? BlasKernels => null;

    /// <summary>TorchSharp has no switch for denormals.</summary>
    public virtual bool FlushDenormals(bool on) => false;

    public int CudaDevices => cuda.is_available() ? cuda.device_count() : 0;

    /// <summary>TorchSharp can't ask.</summary>
    public virtual string? DeviceName(Device device) => null;

    /// <summary>TorchSharp can't ask.</summary>
    public virtual string? Driver => null;

    /// <summary>TorchSharp can't ask.</summary>
    public virtual long? AvailableMemory(Device device) => null;

    public virtual IReadOnlyList<RepeatedWork> Repeated(Device device, IReadOnlyList<Action> works) =>
        [.. works.Select(work => new RepeatedWork(work))];

    public virtual Tensor Standardise(Tensor raw, Tensor scale, Tensor offset) => raw.to(scale.dtype).mul(scale).add_(offset);

    public virtual Tensor Affine(Tensor x_SBI, Tensor weight_SIO, Tensor bias_S1O) =>
        ParameterUse.Matters(weight_SIO, bias_S1O) ? AffineFunction.apply(x_SBI, weight_SIO, bias_S1O)
        // Not baddbmm: TorchSharp 0.107 hands its arguments on in the wrong order.
        : bmm(x_SBI, weight_SIO).add(bias_S1O);

    public virtual Tensor? Dense(Tensor x_SBI, Tensor? skipped, IReadOnlyList<DenseUnit> layers) => null;

    public virtual Tensor ElmanScan(Tensor x_STBD, Tensor input_SDH, Tensor bias_S1H, Tensor recurrent_SHH,
        ElmanScanOptions options)
    {
        ElmanScanShape.Of(x_STBD, input_SDH, bias_S1H, recurrent_SHH, options);
        return is_grad_enabled() || options.EveryOutput || options.Record is not null
            ? ElmanScanFunction.Of(x_STBD, input_SDH, bias_S1H, recurrent_SHH, options, this)
            : ElmanScanForward.Last(x_STBD, input_SDH, bias_S1H, recurrent_SHH, options);
    }

    public virtual LayerMeasures Measures(Device device) =>
        device.type == TorchSharp.DeviceType.CPU ? new HostMeasures() : new GatheredMeasures();

    public virtual void MeasureNorm(Tensor tensor, Tensor table, int norm, int nonfinite = -1, int zeros = -1) =>
        new NormMeasure(norm, zeros, nonfinite).Write(table, tensor);

    public virtual void MeasureDifference(Tensor tensor, Tensor before, Tensor table, int norm) =>
        new DifferenceMeasure(norm).Write(table, tensor, before);

    public virtual void MeasureActivation(Tensor tensor, Tensor table, int mean, int deviation, int saturated, int nonfinite,
        double low, double high) =>
        new ActivationMeasure(mean, deviation, saturated, nonfinite, low, high).Write(table, tensor);

    public virtual void SgdStep(Tensor weight, Tensor gradient, Tensor? velocity, Tensor rates_S, Tensor alive_S,
        double momentum, double weightDecay, bool nesterov, GradientScale? scale = null)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        scale?.Apply(gradient);
        var alive = alive_S.unsqueeze(1);
        var direction = weightDecay == 0 ? gradient : gradient.add(weight, weightDecay);
        if (velocity is not null)
        {
            Replace(velocity, (velocity * momentum).add_(direction), alive);
            direction = nesterov ? direction.add(velocity, momentum) : velocity;
        }
        Replace(weight, weight - PerMember(rates_S, weight) * direction, alive);
        gradient.zero_();
    }

    public virtual void AdamStep(Tensor weight, Tensor gradient, Tensor first, Tensor second, Tensor rates_S,
        Tensor alive_S, Tensor step, double beta1, double beta2, double epsilon, double weightDecay, bool decoupled = false,
        GradientScale? scale = null)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        scale?.Apply(gradient);
        var (alive, rates) = (alive_S.unsqueeze(1), PerMember(rates_S, weight));
        var direction = weightDecay == 0 || decoupled ? gradient : gradient.add(weight, weightDecay);
        Replace(first, (first * beta1).add_(direction, 1 - beta1), alive);
        Replace(second, (second * beta2).addcmul_(direction, direction, 1 - beta2), alive);
        // Numbers without a dimension: they do not widen what they are applied to.
        var steps = step.to(float64).squeeze(0);
        var root = second.sqrt().div_(Rest(beta2, steps).sqrt()).add_(epsilon);
        var kept = weightDecay == 0 || !decoupled ? weight : weight * (1 - rates * weightDecay);
        Replace(weight, kept - rates * (first / Rest(beta1, steps) / root), alive);
        gradient.zero_();
    }

    public virtual void RmsPropStep(Tensor weight, Tensor gradient, Tensor square, Tensor? mean, Tensor? buffer,
        Tensor rates_S, Tensor alive_S, double alpha, double epsilon, double momentum, double weightDecay,
        GradientScale? scale = null)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        scale?.Apply(gradient);
        var alive = alive_S.unsqueeze(1);
        var direction = weightDecay == 0 ? gradient : gradient.add(weight, weightDecay);
        Replace(square, (square * alpha).addcmul_(direction, direction, 1 - alpha), alive);
        var spread = square;
        if (mean is not null)
        {
            Replace(mean, (mean * alpha).add_(direction, 1 - alpha), alive);
            // Rounding makes it negative where gradients are nearly constant.
            spread = square.sub(mean * mean).clamp_min_(0);
        }
        var update = direction / spread.sqrt().add_(epsilon);
        if (buffer is not null)
        {
            Replace(buffer, (buffer * momentum).add_(update), alive);
            update = buffer;
        }
        Replace(weight, weight - PerMember(rates_S, weight) * update, alive);
        gradient.zero_();
    }

    public virtual void Clamp(Tensor gradient, Tensor limits_S, Tensor table, int norm, int clamped)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var limits = PerMember(limits_S, gradient);
        Column(table, clamped).copy_(gradient.abs().gt(limits).any(1));
        gradient.clamp_(-limits, limits);
        MeasureNorm(gradient, table, norm);
    }

    public virtual void ClipFactors(
        Tensor gradient, Tensor thresholds_S, GradientScale scale, Tensor table, int norm, int clippedNorm, int clipped)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var norms_SR = scale.Ranges.Count == 1 ? Column(table, norm).unsqueeze(1) : RangeNorms(gradient, scale.Ranges);
        // PyTorch's 1e-6 keeps a norm of 0 from dividing, and clips norms far below it more than they ask for.
        scale.Factors.copy_((thresholds_S.unsqueeze(1) / (norms_SR + 1e-6)).clamp_max_(1));
        MeasureNorm(norms_SR * scale.Factors, table, clippedNorm);
        Column(table, clipped).copy_(scale.Factors.lt(1).any(1));
    }

    private Tensor RangeNorms(Tensor gradient, IReadOnlyList<ParameterRange> ranges)
    {
        var norms_SR = empty([gradient.shape[0], ranges.Count], float64, gradient.device);
        for (var index = 0; index < ranges.Count; index++)
            MeasureNorm(gradient.narrow(1, ranges[index].Start, ranges[index].Count), norms_SR, index);
        return norms_SR;
    }

    /// <summary>Chosen, not multiplied by 0: a member that is not alive stays as it is, whatever its gradient and state
    /// have become.</summary>
    private static void Replace(Tensor place, Tensor value, Tensor alive_S1) => place.copy_(where(alive_S1, value, place));

    /// <summary>1 − β^t.</summary>
    private static Tensor Rest(double beta, Tensor steps) => 1 - full_like(steps, beta).pow(steps);

    /// <summary>Numbers of the members, (S, 1) in the type of what they are for.</summary>
    private static Tensor PerMember(Tensor values_S, Tensor weight) => values_S.to(weight.dtype).unsqueeze(1);

    private static Tensor Column(Tensor table, int quantity) => table.select(1, quantity);
}
