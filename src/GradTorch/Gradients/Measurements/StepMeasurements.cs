using GradTorch.Models;
using GradTorch.Quantities;
using static TorchSharp.torch;

namespace GradTorch.Gradients.Measurements;

/// <summary>All that an experiment asks to be measured at a recorded step, on the device.</summary>
public sealed class StepMeasurements : IDisposable
{
    private readonly IReadOnlyList<(MeasurementEntry Entry, GradientMeasurement Measurement, Tensor Values)> _asked;
    private readonly RepeatedStep _step;
    private readonly string _kind;

    /// <param name="names">Of the registry, one at least.</param>
    public StepMeasurements(EnsembleModel model, IEnumerable<string> names)
    {
        (MeasurementEntry Entry, GradientMeasurement Measurement)[] asked =
            [.. names.Select(MeasurementRegistry.Find).Select(entry => (entry, entry.Create(model)))];
        (_step, _kind) = (new RepeatedStep(model), model.GetName());
        Places = [.. asked.SelectMany(one => one.Measurement.Places)];
        var parameters = model.Parameters.Values;
        Values = zeros([parameters.shape[0], Places.Count], float64, parameters.device).DetachFromDisposeScope();
        int[] sizes = [.. asked.Select(one => one.Measurement.Places.Count)];
        _asked =
        [
            .. asked.Select((one, index) => (
                one.Entry, one.Measurement,
                Values.narrow(1, sizes[..index].Sum(), sizes[index]).DetachFromDisposeScope())),
        ];
        Joint = asked.Select(one => one.Measurement).OfType<JointCounts>().FirstOrDefault();
        Exponents = asked.Select(one => one.Measurement).OfType<GradientExponents>().FirstOrDefault();
    }

    /// <summary>Of the columns of <see cref="Values"/>.</summary>
    public IReadOnlyList<LayerMeasurePlace> Places { get; }

    /// <summary>float64 (S, places), of the last step that was measured.</summary>
    public Tensor Values { get; }

    /// <summary>Null where they are not asked for.</summary>
    public GradientExponents? Exponents { get; }

    /// <summary>Null where they are not asked for.</summary>
    public JointCounts? Joint { get; }

    /// <summary>Between the backward pass of a step and its update; changes nothing of either.</summary>
    /// <param name="loss">Makes the loss that the step went back from, once more.</param>
    /// <param name="scale_S">What that is multiplied by, float64; null for nothing.</param>
    public void Measure(Func<Tensor> loss, Tensor? scale_S = null)
    {
        _step.Scale_S = scale_S;
        foreach (var alike in _asked.GroupBy(one => one.Entry.Repetition(_kind)))
        {
            _step.Run(
                alike.Key, loss,
                () =>
                {
                    foreach (var (_, measurement, values) in alike) measurement.Measure(_step, values);
                },
                goesBack: alike.Any(one => !one.Entry.ForwardOnly));
        }
    }

    public void Dispose()
    {
        foreach (var (_, measurement, values) in _asked)
        {
            measurement.Dispose();
            values.Dispose();
        }
        _step.Dispose();
        Values.Dispose();
    }
}
