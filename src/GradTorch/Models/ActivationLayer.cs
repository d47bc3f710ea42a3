using GradTorch.Activations;
using GradTorch.Backends.Measures;
using static TorchSharp.torch;

namespace GradTorch.Models;

/// <summary>A nonlinearity as a module, so that hooks find it and what it learns is a parameter of the model.</summary>
public sealed class ActivationLayer : nn.Module<Tensor, Tensor>
{
    private readonly EnsembleParameters _ensemble;

    /// <param name="nonlinearity">This layer's own if its activation learns.</param>
    /// <param name="parameters">Where the number that it learns is taken from.</param>
    public ActivationLayer(string name, Nonlinearity nonlinearity, EnsembleParameters parameters) : base(name)
    {
        (Nonlinearity, _ensemble) = (nonlinearity, parameters);
        RegisterComponents();
        LearntSlope.Take(this, nonlinearity, parameters);
    }

    public Nonlinearity Nonlinearity { get; }

    /// <summary>Backward goes by the activation's own derivative, whatever surrogate there is: to compare with.</summary>
    public bool IsExact { get; set; }

    /// <summary>As the pass under way takes it.</summary>
    public Nonlinearity Current => IsExact ? Nonlinearity.Exact : Nonlinearity;

    /// <summary>Where to record the step under way; null when it is not recorded.</summary>
    public LayerRecord? Record { get; set; }

    /// <summary>Who looks at the pass under way; null when nobody does.</summary>
    public LayerWatch? Watch { get; set; }

    /// <param name="z">Whatever else goes on from it, such as a skip path, takes the same tensor: ∂L/∂z counts every way that z has to
    /// the loss.</param>
    public override Tensor forward(Tensor z)
    {
        Record?.Preactivation(z);
        Watch?.See(z);
        var a = Current.Apply(_ensemble.Rounded(z));
        Record?.Activation(z, a);
        return a;
    }
}
