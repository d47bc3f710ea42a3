using GradTorch.Backends.Scan;
using static TorchSharp.torch;

namespace GradTorch.Models.Recurrent;

/// <summary>λ Ω of every Elman layer of a model, from here until it is disposed of.</summary>
public sealed class VanishingGradientRegulariser : IDisposable
{
    private readonly ElmanLayer[] _layers;
    private readonly MemberValues _weight;
    private readonly Tensor _omega_LS;

    /// <param name="weight">λ above 0.</param>
    public VanishingGradientRegulariser(EnsembleModel model, double weight)
    {
        using var scope = NewDisposeScope();
        var members = model.Parameters.Values.shape[0];
        _layers = [.. model.RecurrentLayers.OfType<ElmanLayer>()];
        _weight = MemberValues.Uniform(weight, (int)members);
        _omega_LS = zeros([_layers.Length, members], float64, model.Parameters.Values.device).DetachFromDisposeScope();
        for (var index = 0; index < _layers.Length; index++)
            _layers[index].Penalty = new VanishingGradientPenalty(_weight, _omega_LS[index].DetachFromDisposeScope());
    }

    /// <returns>Ω of the last backward pass, of each member: the sum over the layers, (S).</returns>
    public Tensor Omega() => _omega_LS.sum([0L]);

    public void Dispose()
    {
        foreach (var layer in _layers)
        {
            layer.Penalty?.Omega_S?.Dispose();
            layer.Penalty = null;
        }
        _omega_LS.Dispose();
        _weight.Dispose();
    }
}
