using System.Text.Json;
using GradTorch.Activations;
using GradTorch.Tests.Fixtures;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GradTorch.Tests.Activations;

/// <summary>Activations and surrogates of the registries, ready for tests, and what PyTorch has of them.</summary>
internal static class RegisteredActivation
{
    /// <summary>What tests/Fixtures/activations.py wrote.</summary>
    public static JsonElement Fixture { get; } = PyTorchFixture.Read("activations.json");

    /// <summary>The points at which PyTorch was asked, float64.</summary>
    public static double[] Points { get; } = Fixture.GetProperty("points").Array<double>();

    /// <summary>With its initial parameter, for one member, where it learns one.</summary>
    public static Activation Create(string name, double slope = 1, double negativeSlope = 0.01, double alpha = 1) => Learning(
        ActivationRegistry.Create(name, new ActivationParameters
        {
            Slope = MemberValues.Uniform(slope, 1), NegativeSlope = negativeSlope, Alpha = alpha,
        }));

    /// <summary>Gives a learnt activation its parameter, as a model does.</summary>
    public static Activation Learning(Activation activation, int members = 1, ScalarType? dtype = null)
    {
        if (activation is LearntActivation learnt) learnt.Learn(new Parameter(zeros([members, 1, 1], dtype ?? float64)));
        return activation;
    }
}
