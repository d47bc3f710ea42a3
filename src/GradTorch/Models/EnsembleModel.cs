using GradTorch.Initialisation;
using GradTorch.Models.Recurrent;
using static TorchSharp.torch;

namespace GradTorch.Models;

/// <summary>S networks of one architecture, trained side by side. Inputs (S, B, features) → outputs (S, B, classes).
/// </summary>
public abstract class EnsembleModel : nn.Module<Tensor, Tensor>
{
    protected EnsembleModel(string name, EnsembleParameters parameters) : base(name) => Parameters = parameters;

    /// <summary>All parameters and gradients of all members. (<c>parameters()</c> lists them layer by layer.)</summary>
    public EnsembleParameters Parameters { get; }

    /// <summary>From the first hidden layer, or from the last recurrent one, to the output.</summary>
    public abstract IReadOnlyList<MeasuredLayer> Layers { get; }

    /// <summary>Layers through time, from the input on. In records they come before <see cref="Layers"/>.</summary>
    public virtual IReadOnlyList<RecurrentLayer> RecurrentLayers => [];

    /// <summary>T of the sequences that the recurrent layers take; 0 without such layers.</summary>
    public virtual long Timesteps => 0;

    /// <summary>Of all layers in the order of records.</summary>
    public IReadOnlyList<string> LayerNames =>
        [.. RecurrentLayers.Select(layer => layer.GetName()), .. Layers.Select(layer => layer.Name)];

    /// <summary>Draws each member's parameters from that member's own stream, layer by layer.</summary>
    /// <param name="parameters">Of each member.</param>
    public void Initialise(
        IReadOnlyList<MemberSeed> seeds, Initialiser initialiser, IReadOnlyList<InitialParameters> parameters)
    {
        for (var member = 0; member < seeds.Count; member++)
        {
            using var generator = seeds[member].ForWeights();
            foreach (var layer in Layers) layer.Linear.Initialise(member, initialiser, parameters[member], generator);
        }
    }
}
