using GradTorch.Activations;
using GradTorch.Configuration;
using GradTorch.Models;
using GradTorch.Models.Norms;
using GradTorch.Tests.Studies;

namespace GradTorch.Tests.Exports;

/// <summary>Experiments whose networks are exported: every activation, norm, join of skips and kind of recurrent layer.</summary>
internal static class NetworkCases
{
    public static IReadOnlyList<string> Names { get; } =
    [
        .. ModelRegistry.Names, .. ActivationRegistry.Names.Select(name => $"mlp {name}"),
        .. NormRegistry.Names.Where(name => name != "none").SelectMany(name => (string[])[$"mlp {name}", $"mlp {name} after", $"residual {name}"]),
        "mlp float32", "mlp one member", "mlp steep", "mlp slopes", "mlp dropout", "mlp surrogate",
        "residual as wide", "residual after", "residual every 2, 1/sqrt(depth)",
        "elman prelu", "elman slopes", "gru dropout", "lstm float32", "elman lengths", "lstm lengths", "gru every output",
    ];

    public static Experiment Of(string name, SmallImages images)
    {
        var words = name.Split(' ');
        var sequences = ModelRegistry.Find(words[0]).TakesSequences;
        var experiment = new Experiment
        {
            Name = "exported",
            Device = "cpu",
            Precision = words.Contains("float32") ? Precision.Float32 : Precision.Float64,
            Seeds = new SeedSection { First = 3, Count = words.Contains("one") ? 1 : 2 },
            Data = new DataSection { Path = images.Made, Batch = 6, Form = sequences ? ImageForm.Rows : null },
            Model = new ModelSection { Kind = words[0], Depth = sequences ? 2 : 4, Width = words.Contains("wide") ? 64 : 7 },
            Training = new TrainingSection { Epochs = null, Steps = 5 },
        };
        return words[^1] switch
        {
            "lengths" => experiment with { Data = new DataSection { Source = "adding", Length = 20, VariableLength = true, Train = 40, Test = 20, Batch = 6 } },
            "output" => experiment with { Data = new DataSection { Source = "copy-memory", Length = 5, Train = 40, Test = 20, Batch = 6 } },
            "slopes" => experiment with { Seeds = new(), Members = new MembersSection { Vary = new(new VariedKey("model:activation:slope", [0.5, 1, 3])) } },
            _ => experiment with { Model = WithModel(experiment.Model, words) },
        };
    }

    private static ModelSection WithModel(ModelSection model, string[] words) => string.Join(' ', words[1..]) switch
    {
        "float32" or "one member" or "as wide" or "" => model,
        "steep" => model with { Activation = new() { Slope = 2.5 } },
        "dropout" => model with { Dropout = 0.3 },
        "surrogate" => model with { Activation = new() { Forward = "relu", Backward = "sigmoid-function" } },
        var norm when NormRegistry.Names.Contains(words[^1]) => model with { Norm = norm },
        _ when words is [_, var own, "after"] => model with { Norm = own, NormPlace = NormPlace.AfterActivation },
        "after" => model with { Skip = new() { Join = SkipJoin.AfterActivation, Scale = new BranchScale(0.5) } },
        "every 2, 1/sqrt(depth)" => model with { Skip = new() { Every = 2, Scale = new BranchScale(null) } },
        "leaky-relu" => model with { Activation = new() { Forward = "leaky-relu", NegativeSlope = 0.2 } },
        "elu" => model with { Activation = new() { Forward = "elu", Alpha = 0.7 } },
        var activation => model with { Activation = new() { Forward = activation } },
    };
}
