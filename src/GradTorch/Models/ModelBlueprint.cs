using GradTorch.Activations;
using static TorchSharp.torch;

namespace GradTorch.Models;

/// <summary>All that a model is built from.</summary>
/// <param name="Shape">Architecture and sizes.</param>
/// <param name="Nonlinearity">Asked once for each layer that has one.</param>
/// <param name="Seeds">Of the members, in order.</param>
/// <param name="Dtype">Of parameters and activations: float32 or float64.</param>
/// <param name="Device">Where parameters lie and random numbers are drawn.</param>
public sealed record ModelBlueprint(
    ModelShape Shape, Func<Nonlinearity> Nonlinearity, IReadOnlyList<MemberSeed> Seeds, ScalarType Dtype, Device Device)
{
    /// <summary>S.</summary>
    public int Members => Seeds.Count;
}
