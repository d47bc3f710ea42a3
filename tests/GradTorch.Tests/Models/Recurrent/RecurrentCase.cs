using GradTorch.Activations;
using GradTorch.Backends.Scan;
using GradTorch.Configuration;
using GradTorch.Data;
using GradTorch.Gradients;
using GradTorch.Initialisation;
using GradTorch.Models;
using GradTorch.Models.Recurrent;
using GradTorch.Training;
using static TorchSharp.torch;

namespace GradTorch.Tests.Models.Recurrent;

/// <summary>A recurrent kind of the registry in one of its forms, such as "elman, surrogate", small and in float64.</summary>
/// <param name="Name">The kind, and what is special after a comma.</param>
/// <param name="Truncate">Timesteps of a piece, or null.</param>
/// <param name="EveryOutput">Gives an output at every timestep.</param>
internal sealed record RecurrentCase(string Name, int? Truncate = null, bool EveryOutput = false)
{
    public const int Features = 2, Outputs = 3;

    /// <summary>Every recurrent kind of the registry, and those forms of them that go another way through the code.</summary>
    public static IEnumerable<string> Names =>
        [
            .. ModelRegistry.All.Where(entry => entry.TakesSequences).Select(entry => entry.Name),
            "elman, learnt slope", "elman, surrogate", "elman, penalised", "elman, surrogate, penalised",
        ];

    public static TheoryData<string> TheoryNames => [.. Names];

    public ModelShape Shape => new(
        new ModelSection
        {
            // Neither a multiple of a vector's length nor the same in all dimensions.
            Kind = Name.Split(',')[0], Depth = 2, Width = 5, Truncate = Truncate, Activation = ActivationOf(Name),
        },
        Features, Outputs, Timesteps: 7, EveryOutput);

    /// <summary>That of an experiment with this form.</summary>
    public RegulariserSection Regulariser => Name.EndsWith("penalised", StringComparison.Ordinal)
        ? new RegulariserSection { Kind = "vanishing-gradient", Weight = 0.5 } : new RegulariserSection();

    private static ActivationSection ActivationOf(string name) => name switch
    {
        "elman, learnt slope" => new ActivationSection { Forward = "prelu" },
        "elman, surrogate" or "elman, surrogate, penalised" => new ActivationSection { Forward = "relu", Backward = "sigmoid-function" },
        _ => new ActivationSection(),
    };

    public EnsembleModel Build(params long[] seeds) => Build(CPU, seeds);

    public EnsembleModel Build(Device device, params long[] seeds)
    {
        MemberSeed[] members = [.. seeds.Select(seed => new MemberSeed(seed))];
        var section = Shape.Section.Activation;
        var surrogate = section.Backward == BackwardRegistry.Exact ? null : SurrogateRegistry.Find(section.Backward);
        var model = ModelRegistry.Find(Shape.Section.Kind).Create(new ModelBlueprint(
            Shape,
            () => new Nonlinearity(
                ActivationRegistry.Create(section.Forward, new ActivationParameters()), surrogate?.Surrogate,
                surrogate is null ? null : MemberValues.Uniform(surrogate.DefaultScale, 1)),
            members, float64, device));
        if (Regulariser.Kind != RegulariserRegistry.None)
        {
            foreach (var layer in model.RecurrentLayers.OfType<ElmanLayer>())
                layer.Penalty = new VanishingGradientPenalty(MemberValues.Uniform(Regulariser.Weight, seeds.Length));
        }
        model.Initialise(
            members, InitialiserRegistry.Find("xavier-normal"), [.. members.Select(_ => new InitialParameters(1, 1, 0.1))],
            InitialiserRegistry.Find("orthogonal"), [.. members.Select(_ => new InitialParameters())]);
        return model;
    }

    /// <summary>One pass there and back, from gradients of 0.</summary>
    /// <param name="lengths">(S, B), or null.</param>
    public static (double[] Outputs, double[] Gradients) Pass(EnsembleModel model, Tensor inputs, Tensor? lengths)
    {
        using var scope = NewDisposeScope();
        model.Parameters.ZeroGradients();
        var outputs = model.Outputs(new Batch(inputs, zeros([inputs.shape[0], inputs.shape[2]], int64, inputs.device), lengths));
        outputs.square().sum().backward();
        return (HostCopy.Doubles(outputs), HostCopy.Doubles(model.Parameters.Gradients));
    }

    /// <summary>Inputs (S, T, B, features).</summary>
    public static Tensor Inputs(int members, int timesteps, int batch) =>
        Arrays.Normal(3, members * timesteps * batch * Features).ToTensor(float64, members, timesteps, batch, Features);
}
