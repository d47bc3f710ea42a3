using static TorchSharp.torch;

namespace GradTorch.Initialisation;

/// <summary>The same number in every weight, times the gain. Units of a layer then stay alike: for biases, for output layers
/// and to see what a network does without symmetry breaking.</summary>
public sealed class Constant(Func<InitialParameters, double> value) : Initialiser
{
    public override Tensor DrawWeight(long fanIn, long fanOut, InitialParameters parameters, Generator generator) =>
        full([fanIn, fanOut], parameters.Gain * value(parameters), float64);
}
