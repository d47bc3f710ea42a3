using GradTorch.Activations;
using GradTorch.Activations.Formulas;
using GradTorch.Tests.Activations;

namespace GradTorch.Tests.Backends.Scan;

/// <summary>What scans are tested with: activations with their own derivative, and surrogates with a scale for each member.
/// </summary>
internal static class ElmanNonlinearities
{
    public static IReadOnlyList<string> Names { get; } =
    [
        .. ActivationRegistry.Names, "tanh(nz)", "leaky-relu(0.2)", "relu, surrogate", "tanh, surrogate",
    ];

    public static Nonlinearity Create(string name, int members)
    {
        var scale = new MemberValues([.. Enumerable.Range(0, members).Select(member => 0.5 + member)]);
        return name switch
        {
            "tanh(nz)" => new Nonlinearity(new Tanh(scale)),
            "leaky-relu(0.2)" => new Nonlinearity(new LeakyReLU(0.2)),
            "relu, surrogate" => new Nonlinearity(new ReLU(), new Bell(), scale),
            "tanh, surrogate" => new Nonlinearity(new Tanh(), new Bell(), scale),
            _ => new Nonlinearity(RegisteredActivation.Learning(
                ActivationRegistry.Create(name, new ActivationParameters()), members)),
        };
    }

    /// <summary>1/(1 + k|z|)².</summary>
    private sealed class Bell : Surrogate
    {
        public override double LargestSlope(double scale) => 1;

        public override Formula Slope { get; } = Formula.Square(1 / (1 + Formula.K * Formula.Abs(Formula.Z)));
    }
}
