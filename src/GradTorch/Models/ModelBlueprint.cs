using GradTorch.Activations;
using static TorchSharp.torch;

namespace GradTorch.Models;

/// <summary>All that a model is built from.</summary>
/// <param name="Shape">Architecture and sizes.</param>
/// <param name="Nonlinearity">Asked once for each layer that has one.</param>
/// <param name="Seeds">Of the members, in order.</param>
/// <param name="Dtype">Of parameters: float32 or float64.</param>
/// <param name="Device">Where parameters lie and random numbers are drawn.</param>
/// <param name="Narrow">Of activations, where it is another.</param>
public sealed record ModelBlueprint(
    ModelShape Shape, Func<Nonlinearity> Nonlinearity, IReadOnlyList<MemberSeed> Seeds, ScalarType Dtype, Device Device,
    ScalarType? Narrow = null)
{
    /// <summary>S.</summary>
    public int Members => Seeds.Count;
}
