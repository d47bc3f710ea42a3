using GradTorch.Backends.Measures;
using GradTorch.Models;
using GradTorch.Models.Norms;
using GradTorch.Models.Recurrent;
using static TorchSharp.torch;

namespace GradTorch.Gradients;

/// <summary>Follows one step of a network of one member, operation by operation, forwards and back.</summary>
public sealed class StepTrace : IDisposable
{
    private readonly EnsembleModel _model;
    private readonly List<Action> _detach = [];
    private readonly List<Seen> _seen = [];
    private readonly List<LayerWatch> _watches = [];

    /// <param name="model">Of one member. While the trace is there it goes layer by layer, and repeats masks of dropout.</param>
    public StepTrace(EnsembleModel model)
    {
        _model = model;
        model.State.Replaying = true;
        foreach (var layer in model.Layers) layer.Watch = Watch();
        foreach (var layer in model.RecurrentLayers) Follow(layer, layer.Watch = Watch());
        foreach (var module in model.modules().OfType<nn.Module<Tensor, Tensor>>())
        {
            if (OperationOf(module) is { } operation)
                _detach.Add(module.register_forward_hook((_, input, output) => See(module, operation, input, output)).remove);
        }
    }

    /// <summary>Goes through the step.</summary>
    /// <param name="loss">Makes the loss.</param>
    /// <returns>What every operation gave, in the order in which they came.</returns>
    public IReadOnlyList<TracePoint> Run(Func<Tensor> loss)
    {
        using var scope = NewDisposeScope();
        _model.Parameters.ZeroGradients();
        var made = loss();
        made.backward();
        using var off = no_grad();
        List<TracePoint> points = [.. _seen.SelectMany(seen => seen.Forwards()), Of(TracePass.Forward, "loss", null, "mean over the batch", made)];
        points.AddRange(_seen.AsEnumerable().Reverse().SelectMany(seen => seen.Back()));
        points.AddRange(Weights());
        return points;
    }

    public void Dispose()
    {
        foreach (var detach in _detach) detach();
        foreach (var layer in _model.Layers) layer.Watch = null;
        foreach (var layer in _model.RecurrentLayers) layer.Watch = null;
        foreach (var seen in _seen) seen.Dispose();
        foreach (var watch in _watches) watch.Dispose();
        _model.State.Replaying = false;
    }

    /// <summary>What a module does, in a line; null of one that is made of others.</summary>
    private static string? OperationOf(nn.Module module) => module switch
    {
        EnsembleLinear => "x W + b",
        EnsembleNorm => "normalisation",
        ActivationLayer => "activation",
        EnsembleDropout => "dropout",
        SkipProjection => "x P",
        _ => null,
    };

    private LayerWatch Watch()
    {
        var watch = new LayerWatch();
        _watches.Add(watch);
        return watch;
    }

    private Tensor See(nn.Module module, string operation, Tensor input, Tensor output)
    {
        // What joins from a skip on its way is seen where it goes in.
        if (_model.Joints.Count > 0 && _seen.Count > 0 && module is not SkipProjection) _seen.Add(new Kept(module.GetName(), "with what a skip brings", input));
        _seen.Add(new Kept(module.GetName(), operation, output));
        return output;
    }

    /// <summary>Every timestep of a recurrent layer.</summary>
    private void Follow(RecurrentLayer layer, LayerWatch watch) => _detach.Add(layer.register_forward_hook((_, input, output) =>
    {
        // States are gone through once more, without a graph that could be looked at.
        layer.Watch = null;
        _seen.Add(new Timesteps(layer.GetName(), layer is ElmanLayer ? "x U + h W + b" : "h W", watch, layer.States(input)));
        layer.Watch = watch;
        return output;
    }).remove);

    private IEnumerable<TracePoint> Weights()
    {
        var (names, gradients) = (_model.LayerNames, _model.Parameters.Gradients);
        return _model.LayerRanges().Select((range, index) =>
            Of(TracePass.Backward, names[index], null, "gradient of its parameters", gradients.narrow(1, range.Start, range.Count))).Reverse();
    }

    private static TracePoint Of(TracePass pass, string layer, int? timestep, string operation, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var values = tensor.detach().to(float64);
        var finite = values.isfinite();
        double[] both = HostCopy.Doubles(stack([where(finite, values, zeros_like(values)).abs().max(), finite.logical_not().sum().to(float64)]));
        return new TracePoint(pass, layer, timestep, operation, both[0], (long)both[1]);
    }

    /// <summary>Something on the way.</summary>
    private abstract class Seen : IDisposable
    {
        public abstract IEnumerable<TracePoint> Forwards();

        public abstract IEnumerable<TracePoint> Back();

        public abstract void Dispose();
    }

    /// <summary>What a module gave.</summary>
    private sealed class Kept : Seen
    {
        private readonly string _layer, _operation;
        private readonly Tensor _tensor;

        public Kept(string layer, string operation, Tensor tensor)
        {
            if (tensor.requires_grad) tensor.retain_grad();
            // The same tensor once more, for callers dispose of theirs.
            (_layer, _operation, _tensor) = (layer, operation, tensor.to(tensor.dtype).DetachFromDisposeScope());
        }

        public override IEnumerable<TracePoint> Forwards() => [Of(TracePass.Forward, _layer, null, _operation, _tensor)];

        public override IEnumerable<TracePoint> Back() => _tensor.grad is { IsInvalid: false } gradient
            ? [Of(TracePass.Backward, _layer, null, $"gradient of {_operation}", gradient)] : [];

        public override void Dispose() => _tensor.Dispose();
    }

    /// <summary>What a recurrent layer gave, timestep by timestep: what goes into its activations, and its states (1, T, B, H).</summary>
    private sealed class Timesteps(string layer, string operation, LayerWatch watch, Tensor states) : Seen
    {
        private readonly Tensor _states = states.DetachFromDisposeScope();

        public override IEnumerable<TracePoint> Forwards()
        {
            var into = ByTimestep(watch.Preactivations());
            return Enumerable.Range(0, (int)_states.shape[1]).SelectMany(t => (TracePoint[])
            [
                Of(TracePass.Forward, layer, t + 1, operation, into.select(1, t)),
                Of(TracePass.Forward, layer, t + 1, "h", _states.select(1, t)),
            ]);
        }

        public override IEnumerable<TracePoint> Back()
        {
            var back = ByTimestep(watch.Gradients());
            return Enumerable.Range(0, (int)_states.shape[1]).Reverse()
                .Select(t => Of(TracePass.Backward, layer, t + 1, $"gradient of {operation}", back.select(1, t)));
        }

        public override void Dispose() => _states.Dispose();

        /// <summary>Rows of a watch (1, T·B, …) as (1, T, B, …).</summary>
        private Tensor ByTimestep(Tensor rows) => rows.view(1, _states.shape[1], -1, rows.shape[2]);
    }
}
