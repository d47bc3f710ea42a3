using GradTorch.Backends;
using static TorchSharp.torch;

namespace GradTorch.Models;

/// <summary>The hidden layers of a network one after the other, with a skip connection over every few of them or without.</summary>
/// <param name="state">Of the model.</param>
/// <param name="every">Layers that a skip goes over; 0 without.</param>
/// <param name="junction">How it joins; null without.</param>
internal sealed class HiddenStack(IReadOnlyList<HiddenLayer> layers, StepState state, int every = 0, SkipJunction? junction = null)
{
    private readonly bool _isPlain = layers.All(layer => layer.IsPlain);

    /// <summary>Who looks at the skips of the pass under way, which then goes layer by layer; null when nobody does.</summary>
    public SkipWatch? Watch { get; set; }

    /// <summary>In training as one operator, where every layer is an affine map and an activation and the backend has one. Otherwise layer
    /// by layer.</summary>
    /// <param name="skipped">The skip path at the start; null without.</param>
    public Tensor Forward(Tensor input, Tensor? skipped = null)
    {
        var inOne = _isPlain && layers[0].training && !layers[0].IsWatched && Watch is null
            ? TorchBackend.Current.Dense(input, skipped, [.. layers.Select((layer, index) => layer.AsUnit(JunctionAt(index)))])
            : null;
        return inOne ?? LayerByLayer(input, skipped);
    }

    private Tensor LayerByLayer(Tensor input, Tensor? skipped)
    {
        var (a, stream) = (input, skipped);
        for (var index = 0; index < layers.Count; index++)
        {
            var layer = layers[index];
            switch (JunctionAt(index))
            {
                case null:
                    a = layer.call(a);
                    break;
                case { BeforeActivation: true } before:
                    stream = stream!.add(layer.Preactivate(a), before.Scale);
                    (stream, a) = Split(stream, index);
                    a = layer.Activate(a);
                    break;
                case { } after:
                    (stream, a) = Split(stream!.add(layer.call(a), after.Scale), index);
                    break;
            }
            if (state.Rescaling is { } rescaling) (a, stream) = Cut(rescaling, index, a, stream);
        }
        return a;
    }

    /// <summary>Behind a layer, or behind a block of them: within one, what goes through the layers and what goes past them must keep
    /// their proportion.</summary>
    private (Tensor A, Tensor? Stream) Cut(GradientRescaling rescaling, int index, Tensor a, Tensor? stream)
    {
        if (stream is null) return (rescaling.Cut(index, a)[0], null);
        if (JunctionAt(index) is not { } end) return (a, stream);
        // After the last block nothing takes the stream any more.
        if (end.BeforeActivation && index + 1 < layers.Count) return rescaling.Cut(index, a, stream) is [var both, var past] ? (both, past) : default;
        var cut = rescaling.Cut(index, a)[0];
        return (cut, end.BeforeActivation ? stream : cut);
    }

    /// <summary>Where another block begins, the two ways into it.</summary>
    private (Tensor Skip, Tensor Branch) Split(Tensor stream, int index) =>
        Watch is null || index == layers.Count - 1 ? (stream, stream) : Watch.Split(stream);

    private SkipJunction? JunctionAt(int index) => junction is not null && (index + 1) % every == 0 ? junction : null;
}
