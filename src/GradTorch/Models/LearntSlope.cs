using GradTorch.Activations;
using GradTorch.Configuration;
using GradTorch.Models.PyTorch;
using static TorchSharp.torch;

namespace GradTorch.Models;

/// <summary>What the activation of a layer learns, as a parameter of that layer.</summary>
internal static class LearntSlope
{
    /// <summary>Of one member; 0 for an activation that learns nothing.</summary>
    public static int CountParameters(ActivationSection section) =>
        ActivationRegistry.Create(section.Forward, new ActivationParameters()).LearntPerLayer;

    /// <summary>What the activation learnt; none of one that learns nothing.</summary>
    /// <param name="name">Of the module in PyTorch.</param>
    public static IEnumerable<PyTorchTensor> PyTorchTensors(string name, Nonlinearity nonlinearity, long member) =>
        nonlinearity.Forward is LearntActivation learnt ? [PyTorchTensor.Of($"{name}.weight", learnt.Parameter[member, 0])] : [];

    /// <summary>Takes the layer's next parameter for an activation that learns, hands it over, and registers it with the
    /// layer as <c>slope</c>.</summary>
    public static void Take(nn.Module layer, Nonlinearity nonlinearity, EnsembleParameters parameters)
    {
        if (nonlinearity.Forward is not LearntActivation learnt) return;
        var (parameter, _) = parameters.Take(1, 1);
        learnt.Learn(parameter);
        layer.register_parameter("slope", parameter);
    }
}
