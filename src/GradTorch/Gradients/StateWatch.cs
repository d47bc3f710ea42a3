using GradTorch.Models;
using static TorchSharp.torch;

namespace GradTorch.Gradients;

/// <summary>Counts the non-finite elements of every hidden state in each forward pass, for as long as it lives. It runs every
/// recurrent layer a second time, without a graph, so it is for the replay of a step, not for every one.</summary>
public sealed class StateWatch : IDisposable
{
    private readonly List<Action> _detach = [];

    public StateWatch(EnsembleModel model)
    {
        Nonfinite = zeros(
            [model.Parameters.Values.shape[0], model.RecurrentLayers.Count, model.Timesteps], float64,
            model.Parameters.Values.device).DetachFromDisposeScope();
        for (var index = 0; index < model.RecurrentLayers.Count; index++)
        {
            var (layer, place) = (model.RecurrentLayers[index], index);
            _detach.Add(layer.register_forward_hook((_, input, output) =>
            {
                using var scope = NewDisposeScope();
                Nonfinite.select(1, place).copy_(layer.States(input).isfinite().logical_not().sum([2L, 3L]));
                return output;
            }).remove);
        }
    }

    /// <summary>Of h_1 … h_T in the last forward pass, (S, recurrent layers, T).</summary>
    public Tensor Nonfinite { get; }

    public void Dispose()
    {
        foreach (var detach in _detach) detach();
        Nonfinite.Dispose();
    }
}
