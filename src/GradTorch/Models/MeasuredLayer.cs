using GradTorch.Backends.Measures;

namespace GradTorch.Models;

/// <summary>A layer whose gradients are recorded: its linear map, and its activation if it has one.</summary>
/// <param name="Name">As in the record: hidden1 is the first hidden layer.</param>
/// <param name="Activation">Null for the output layer, whose activation is its pre-activation.</param>
public sealed record MeasuredLayer(string Name, EnsembleLinear Linear, ActivationLayer? Activation)
{
    /// <summary>Where to record the step under way; null when it is not recorded.</summary>
    public LayerRecord? Record
    {
        set
        {
            if (Activation is null) Linear.Record = value;
            else Activation.Record = value;
        }
    }

    /// <summary>Who looks at the pass under way; null when nobody does.</summary>
    public LayerWatch? Watch
    {
        set
        {
            if (Activation is null) Linear.Watch = value;
            else Activation.Watch = value;
        }
    }

    /// <summary>The layers of a feed-forward network.</summary>
    public static IReadOnlyList<MeasuredLayer> Of(IEnumerable<HiddenLayer> hidden, EnsembleLinear output) =>
    [
        .. hidden.Select(layer => new MeasuredLayer(layer.GetName(), layer.Linear, layer.Activation)),
        new MeasuredLayer(output.GetName(), output, Activation: null),
    ];
}
