using GradTorch.Backends.Measures;
using GradTorch.Initialisation;
using GradTorch.Models.PyTorch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GradTorch.Models.Recurrent;

/// <summary>A layer through time for every member: inputs (S, T, B, D) → hidden states (S, T, B, H), or the last one
/// (S, B, H). Its initial state is 0.</summary>
public abstract class RecurrentLayer : nn.Module<Tensor, Tensor>, ILayerParameters
{
    private readonly EnsembleParameters _ensemble;
    private readonly long _weightOffset;
    private readonly long _biasOffset;
    private readonly long _gates;
    private readonly long _biases;
    private readonly Parameter input;
    private readonly Parameter recurrent;
    private readonly Parameter bias;

    /// <param name="shape">Sizes and options.</param>
    /// <param name="gates">Pre-activations of a unit: 1 of an Elman layer, 3 of a GRU, 4 of an LSTM.</param>
    /// <param name="moreBiases">Biases of a unit beyond one for each gate; the layer takes them itself, as its next
    /// parameter.</param>
    protected RecurrentLayer(
        string name, RecurrentShape shape, int gates, EnsembleParameters parameters, int moreBiases = 0) : base(name)
    {
        Shape = shape;
        (_ensemble, _gates, _biases) = (parameters, gates, gates + moreBiases);
        (input, _weightOffset) = parameters.Take(shape.Inputs, gates * shape.Units);
        (recurrent, _) = parameters.Take(shape.Units, gates * shape.Units);
        (bias, _biasOffset) = parameters.Take(1, gates * shape.Units);
    }

    public RecurrentShape Shape { get; }

    /// <summary>U (S, D, gates·H).</summary>
    public Parameter InputWeight => input;

    /// <summary>W (S, H, gates·H).</summary>
    public Parameter RecurrentWeight => recurrent;

    /// <summary>b (S, 1, gates·H).</summary>
    public Parameter Bias => bias;

    /// <summary>How many timesteps each sequence of the batch under way has, int64 (S, B); null when all have T. After a
    /// sequence's end its state stays as it is.</summary>
    public Tensor? Lengths { get; set; }

    /// <summary>Where to record the step under way; null when it is not recorded.</summary>
    public SequenceRecord? Record { get; set; }

    /// <summary>Who looks at the pass under way; null when nobody does.</summary>
    public LayerWatch? Watch { get; set; }

    /// <summary>h_1 … h_T (S, T, B, H), whatever the layer gives out: without a graph, and without anything recorded.</summary>
    public Tensor States(Tensor input)
    {
        using var off = no_grad();
        return StatesWithoutGraph(input);
    }

    /// <inheritdoc cref="States"/>
    protected abstract Tensor StatesWithoutGraph(Tensor input);

    /// <summary>U and W together, (S, 1, (D + H)·gates·H).</summary>
    public Tensor WeightIn(Tensor all) =>
        EnsembleParameters.View(all, _weightOffset, 1, (Shape.Inputs + Shape.Units) * _gates * Shape.Units);

    /// <inheritdoc/>
    public Tensor BiasIn(Tensor all) => EnsembleParameters.View(all, _biasOffset, 1, _biases * Shape.Units);

    /// <summary>As torch.nn.RNN, GRU and LSTM of one layer have it.</summary>
    /// <param name="name">Of the module in PyTorch.</param>
    internal virtual IEnumerable<PyTorchTensor> PyTorchTensors(string name, long member) =>
    [
        PyTorchTensor.Of($"{name}.weight_ih_l0", input[member].t()), PyTorchTensor.Of($"{name}.weight_hh_l0", recurrent[member].t()),
        PyTorchTensor.Of($"{name}.bias_ih_l0", bias[member, 0]), HiddenBias($"{name}.bias_hh_l0", member),
    ];

    /// <summary>PyTorch's second biases, of h W: 0, where the first have all.</summary>
    protected virtual PyTorchTensor HiddenBias(string name, long member)
    {
        var first = bias[member, 0];
        return new PyTorchTensor(name, zeros_like(first), second => first.add_(second));
    }

    protected static long CountParameters(RecurrentShape shape, int gates, int moreBiases = 0) =>
        ((shape.Inputs + shape.Units + 1) * gates + moreBiases) * shape.Units;

    /// <summary>Draws the weights and biases of one member: U and W gate by gate, then the biases.</summary>
    internal void Initialise(long member, Initialiser initialiser, InitialParameters parameters,
        Initialiser recurrentInitialiser, InitialParameters recurrentParameters, Generator generator)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var units = Shape.Units;
        for (var gate = 0; gate < _gates; gate++)
        {
            input[member].narrow(1, gate * units, units)
                .copy_(initialiser.DrawWeight(Shape.Inputs, units, parameters, generator));
            recurrent[member].narrow(1, gate * units, units)
                .copy_(recurrentInitialiser.DrawWeight(units, units, recurrentParameters, generator));
        }
        var biases = BiasIn(_ensemble.Values)[member, 0];
        for (var gate = 0; gate < _biases; gate++)
            biases.narrow(0, gate * units, units).copy_(initialiser.DrawBias(Shape.Inputs, units, parameters, generator));
    }
}
