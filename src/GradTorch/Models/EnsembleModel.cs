using GradTorch.Backends;
using GradTorch.Data;
using GradTorch.Initialisation;
using GradTorch.Models.PyTorch;
using GradTorch.Models.Recurrent;
using static TorchSharp.torch;

namespace GradTorch.Models;

/// <summary>S networks of one architecture, trained side by side. Inputs (S, B, features) → outputs (S, B, outputs); of
/// sequences (S, T, B, features).
/// </summary>
public abstract class EnsembleModel : nn.Module<Tensor, Tensor>
{
    /// <param name="perMember">Parameters of one member, exactly.</param>
    protected EnsembleModel(string name, ModelBlueprint blueprint, long perMember) : base(name)
    {
        Parameters = new EnsembleParameters(blueprint.Members, perMember, blueprint.Dtype, blueprint.Device, blueprint.Narrow);
        State = new StepState(blueprint.Seeds, blueprint.Device);
    }

    /// <summary>All parameters and gradients of all members. (<c>parameters()</c> lists them layer by layer.)</summary>
    public EnsembleParameters Parameters { get; }

    /// <summary>Shared by the layers.</summary>
    public StepState State { get; }

    /// <summary>From the first hidden layer, or from the last recurrent one, to the output.</summary>
    public abstract IReadOnlyList<MeasuredLayer> Layers { get; }

    /// <summary>Layers through time, from the input on. In records they come before <see cref="Layers"/>.</summary>
    public virtual IReadOnlyList<RecurrentLayer> RecurrentLayers => [];

    /// <summary>T of the sequences that the recurrent layers take; 0 without such layers.</summary>
    public virtual long Timesteps => 0;

    /// <summary>The layers where a skip joins, from 1: the last of each block; none without skips.</summary>
    public virtual IReadOnlyList<int> Joints => [];

    /// <summary>Who looks at the skips of the pass under way; null when nobody does, and where there are none.</summary>
    public virtual SkipWatch? Watch { get; set; }

    /// <summary>Of all layers in the order of records.</summary>
    public IReadOnlyList<string> LayerNames =>
        [.. RecurrentLayers.Select(layer => layer.GetName()), .. Layers.Select(layer => layer.Name)];

    /// <summary>Where each layer's parameters lie, in the order of <see cref="LayerNames"/>: from its first weight to that of
    /// the next layer, so that what a layer has besides weights and biases is its own.</summary>
    public IReadOnlyList<ParameterRange> LayerRanges()
    {
        using var scope = NewDisposeScope();
        ILayerParameters[] layers = [.. RecurrentLayers, .. Layers.Select(layer => layer.Linear)];
        long[] starts = [.. layers.Select(layer => layer.WeightIn(Parameters.Values).storage_offset())];
        starts[0] = 0;
        return [.. starts.Zip([.. starts[1..], Parameters.Values.shape[1]], (start, end) => new ParameterRange(start, end - start))];
    }

    /// <summary>A member's network as PyTorch has it: <see cref="ModelEntry.PyTorch"/>. Values are views of the member's numbers, or new; they
    /// belong to the caller's scope.</summary>
    public abstract IEnumerable<PyTorchTensor> PyTorchTensors(long member);

    /// <summary>What the members make of a batch, in the type of the parameters: (S, B, outputs), or (S, T, B, outputs) from a network that
    /// gives an output at every timestep.</summary>
    public virtual Tensor Outputs(Batch batch) =>
        Parameters.Narrow is null ? call(batch.Inputs) : Parameters.Rounded(call(batch.Inputs)).to(Parameters.Values.dtype);

    /// <summary>Linear maps on skip paths.</summary>
    public virtual IEnumerable<SkipProjection> Projections => [];

    /// <summary>Draws each member's parameters from that member's own stream: layer by layer, then the skip paths.</summary>
    /// <param name="parameters">Of each member.</param>
    /// <param name="recurrentInitialiser">Draws recurrent weights; null for the same as of all others.</param>
    /// <param name="recurrentParameters">Of each member.</param>
    public void Initialise(IReadOnlyList<MemberSeed> seeds, Initialiser initialiser,
        IReadOnlyList<InitialParameters> parameters, Initialiser? recurrentInitialiser = null,
        IReadOnlyList<InitialParameters>? recurrentParameters = null)
    {
        if (initialiser is ScaledNormal normal && RecurrentLayers.Count == 0)
        {
            InitialiseBySeed(seeds, normal, parameters);
            return;
        }
        for (var member = 0; member < seeds.Count; member++)
        {
            using var generator = seeds[member].ForWeights();
            var own = parameters[member];
            foreach (var layer in RecurrentLayers)
            {
                layer.Initialise(
                    member, initialiser, own, recurrentInitialiser ?? initialiser, (recurrentParameters ?? parameters)[member],
                    generator);
            }
            foreach (var layer in Layers) layer.Linear.Initialise(member, initialiser, own, generator);
            foreach (var projection in Projections) projection.Initialise(member, initialiser, own, generator);
        }
    }

    /// <summary>The same numbers, drawn once for all members of a seed: of thousands of members that differ in their variances, most
    /// of the time would go into drawing.</summary>
    private void InitialiseBySeed(IReadOnlyList<MemberSeed> seeds, ScaledNormal initialiser, IReadOnlyList<InitialParameters> parameters)
    {
        foreach (var alike in Enumerable.Range(0, seeds.Count).GroupBy(member => (seeds[member], parameters[member].BiasVariance == 0)))
        {
            using var generator = alike.Key.Item1.ForWeights();
            int[] members = [.. alike];
            foreach (var layer in Layers) layer.Linear.Initialise(members, initialiser, parameters, generator);
            foreach (var projection in Projections) projection.Initialise(members, initialiser, parameters, generator);
        }
    }

    /// <summary>Parameters, what layers keep from step to step, and the streams that they draw from.</summary>
    public void Visit(IStateVisitor visitor)
    {
        foreach (var module in modules())
        {
            foreach (var (name, parameter) in module.named_parameters(recurse: false)) visitor.Visit($"model.{module.GetName()}.{name}", parameter);
            foreach (var (name, buffer) in module.named_buffers(recurse: false)) visitor.Visit($"model.{module.GetName()}.{name}", buffer);
        }
        if (!State.DrawsAtRandom) return;
        for (var member = 0; member < State.Dropout.Count; member++)
            visitor.Visit(FormattableString.Invariant($"model.dropout.{member}"), State.Dropout[member]);
    }

    /// <summary>What the last step drew: it can be done again by that.</summary>
    public void VisitMasks(IStateVisitor visitor)
    {
        foreach (var dropout in modules().OfType<EnsembleDropout>()) dropout.VisitMask($"model.{dropout.GetName()}.mask", visitor);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) State.Dispose();
        base.Dispose(disposing);
    }
}
