using GradTorch.Backends;
using GradTorch.Backends.Measures;
using GradTorch.Initialisation;
using GradTorch.Models.PyTorch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GradTorch.Models;

/// <summary>z = x W + b for every member: (S, B, in) → (S, B, out), W (S, in, out), b (S, 1, out).</summary>
public sealed class EnsembleLinear : nn.Module<Tensor, Tensor>, ILayerParameters
{
    private readonly long _offset;
    private readonly EnsembleParameters _ensemble;
    private readonly Parameter weight;
    private readonly Parameter bias;

    public EnsembleLinear(string name, long inputs, long outputs, EnsembleParameters parameters) : base(name)
    {
        Inputs = inputs;
        Outputs = outputs;
        _ensemble = parameters;
        (weight, _offset) = parameters.Take(inputs, outputs);
        (bias, _) = parameters.Take(1, outputs);
        RegisterComponents();
    }

    public long Inputs { get; }

    public long Outputs { get; }

    /// <summary>(S, in, out).</summary>
    public Parameter Weight => weight;

    /// <summary>(S, 1, out).</summary>
    public Parameter Bias => bias;

    /// <inheritdoc/>
    public Tensor WeightIn(Tensor all) => EnsembleParameters.View(all, _offset, Inputs, Outputs);

    /// <inheritdoc/>
    public Tensor BiasIn(Tensor all) => EnsembleParameters.View(all, _offset + Inputs * Outputs, 1, Outputs);

    public static long CountParameters(long inputs, long outputs) => (inputs + 1) * outputs;

    /// <summary>Where to record the step under way, of a layer that has no activation; null when it is not recorded.</summary>
    public LayerRecord? Record { get; set; }

    /// <summary>Who looks at the pass under way, of a layer that has no activation; null when nobody does.</summary>
    public LayerWatch? Watch { get; set; }

    public override Tensor forward(Tensor input)
    {
        var z = _ensemble.Narrow is null ? TorchBackend.Current.Affine(input, weight, bias) : InNarrow(input);
        Record?.Activation(z, z);
        Record?.Preactivation(z);
        Watch?.See(z);
        return z;
    }

    /// <summary>In a type with fewer digits: what backward brings is added to gradients of the parameters' own type.</summary>
    private Tensor InNarrow(Tensor input)
    {
        var own = ParameterUse.Of(weight, bias);
        return _ensemble.Rounded(bmm(_ensemble.Rounded(input), _ensemble.Rounded(own[0])).add(_ensemble.Rounded(own[1])));
    }

    /// <param name="name">Of the module in PyTorch.</param>
    internal IEnumerable<PyTorchTensor> PyTorchTensors(string name, long member) =>
        [PyTorchTensor.Of($"{name}.weight", weight[member].t()), PyTorchTensor.Of($"{name}.bias", bias[member, 0])];

    /// <summary>Draws the weights and biases of one member.</summary>
    internal void Initialise(long member, Initialiser initialiser, InitialParameters parameters, Generator generator)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        weight[member].copy_(initialiser.DrawWeight(Inputs, Outputs, parameters, generator));
        bias[member, 0].copy_(initialiser.DrawBias(Inputs, Outputs, parameters, generator));
    }

    /// <summary>The same of members of one seed, all of which have fixed biases or none.</summary>
    /// <param name="parameters">Of each member of the ensemble.</param>
    internal void Initialise(
        IReadOnlyList<int> members, ScaledNormal initialiser, IReadOnlyList<InitialParameters> parameters, Generator generator)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var weights = initialiser.WeightsOf(Inputs, Outputs, generator);
        var biases = Initialiser.BiasesOf(Outputs, parameters[members[0]].BiasVariance == 0, generator);
        foreach (var member in members)
        {
            using var own = NewDisposeScope();
            weight[member].copy_(weights(parameters[member]));
            bias[member, 0].copy_(biases(parameters[member]));
        }
    }
}
