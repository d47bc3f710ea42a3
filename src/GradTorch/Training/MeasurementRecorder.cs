using GradTorch.Gradients;
using GradTorch.Gradients.Measurements;
using GradTorch.Models;
using static TorchSharp.torch;

namespace GradTorch.Training;

/// <summary>Measures what an experiment asks for at recorded steps, and keeps it on the device until a flush.</summary>
internal sealed class MeasurementRecorder : IDisposable
{
    private readonly StepMeasurements _measurements;
    private readonly DeviceRing _values;
    private readonly DeviceRing? _exponents, _joint;

    /// <param name="plan">Asks for one at least.</param>
    public MeasurementRecorder(EnsembleModel model, TrainingPlan plan)
    {
        _measurements = new StepMeasurements(model, plan.Measure);
        _values = RingOf(_measurements.Values);
        if (_measurements.Exponents is { } exponents) _exponents = RingOf(exponents.Counts);
        if (_measurements.Joint is { } joint) _joint = RingOf(joint.Counts);

        DeviceRing RingOf(Tensor tensor) => new(plan.GradientCapacity, tensor.shape, tensor.device);
    }

    /// <inheritdoc cref="StepMeasurements.Measure"/>
    public void Measure(Func<Tensor> loss, Tensor? scale_S) => _measurements.Measure(loss, scale_S);

    /// <summary>Keeps what was measured last.</summary>
    public void Add(long step)
    {
        _values.Add(step, _measurements.Values);
        _exponents?.Add(step, _measurements.Exponents!.Counts);
        _joint?.Add(step, _measurements.Joint!.Counts);
    }

    /// <summary>Takes everything to the host.</summary>
    public MeasurementRecord Drain() => new(
        _measurements.Places, _values.Drain().Values, _measurements.Exponents?.First ?? 0, _exponents?.Drain().Values, _joint?.Drain().Values);

    public void Dispose()
    {
        _measurements.Dispose();
        _values.Dispose();
        _exponents?.Dispose();
        _joint?.Dispose();
    }
}
