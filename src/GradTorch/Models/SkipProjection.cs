using GradTorch.Initialisation;
using GradTorch.Models.PyTorch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GradTorch.Models;

/// <summary>x P for every member, on a skip path whose ends differ in width: (S, B, in) → (S, B, out), P (S, in, out),
/// without a bias.</summary>
/// <remarks>W_s of He et al. 2015, arXiv 1512.03385, equation 2.</remarks>
public sealed class SkipProjection : nn.Module<Tensor, Tensor>
{
    private readonly long _inputs;
    private readonly long _outputs;
    private readonly Parameter weight;

    public SkipProjection(string name, long inputs, long outputs, EnsembleParameters parameters) : base(name)
    {
        (_inputs, _outputs) = (inputs, outputs);
        (weight, _) = parameters.Take(inputs, outputs);
        RegisterComponents();
    }

    /// <summary>P (S, in, out).</summary>
    public Parameter Weight => weight;

    public static long CountParameters(long inputs, long outputs) => inputs * outputs;

    /// <summary>In the parameters' own type also where layers compute in another: it is small, and all that joins adds to it.</summary>
    public override Tensor forward(Tensor input) => bmm(input, ParameterUse.Of(weight));

    /// <param name="name">Of the module in PyTorch.</param>
    internal IEnumerable<PyTorchTensor> PyTorchTensors(string name, long member) => [PyTorchTensor.Of($"{name}.weight", weight[member].t())];

    /// <summary>Draws the weights of one member.</summary>
    internal void Initialise(long member, Initialiser initialiser, InitialParameters parameters, Generator generator)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        weight[member].copy_(initialiser.DrawWeight(_inputs, _outputs, parameters, generator));
    }

    /// <summary>The same of members of one seed.</summary>
    /// <param name="parameters">Of each member of the ensemble.</param>
    internal void Initialise(
        IReadOnlyList<int> members, ScaledNormal initialiser, IReadOnlyList<InitialParameters> parameters, Generator generator)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var weights = initialiser.WeightsOf(_inputs, _outputs, generator);
        foreach (var member in members) weight[member].copy_(weights(parameters[member]));
    }
}
