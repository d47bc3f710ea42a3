using System.Text.Json.Nodes;
using GradTorch.Configuration;

namespace GradTorch.Tests.Configuration;

public class ExperimentWriterTests
{
    /// <summary>Every field differs from its default, but for those that only other data or models have.</summary>
    private static readonly Experiment Unusual = new()
    {
        Name = "other",
        Device = "cuda:3",
        Precision = Precision.Float64,
        Denormals = Denormals.Keep,
        Threads = new ThreadCount(7),
        CudaGraphs = false,
        Tensorboard = true,
        Output = "läufe/<\"a\\b\">",
        Seeds = new() { First = 11, Count = 12 },
        Members = new()
        {
            Vary = new(new VariedKey("model:init:gain", [1.0 / 3, 5e-324]), new VariedKey("training:optimizer:lr", [0.1 + 0.2, 1e300])),
            Combine = Combination.Zip,
        },
        Data = new()
        {
            Source = "mnist", Path = "/data", Batch = 13, Standardise = Standardisation.Feature, Form = ImageForm.Rows,
            PermutationSeed = 19,
        },
        Model = new()
        {
            Depth = 14,
            Width = 15,
            Activation = new()
            {
                Forward = "leaky-relu", NegativeSlope = 0.1, Backward = "b-silu", BackwardScale = 1e-3,
            },
            Kind = "residual",
            Skip = new() { Every = 7, Join = SkipJoin.AfterActivation, Scale = new BranchScale(null) },
            Norm = "layer",
            NormPlace = NormPlace.AfterActivation,
            Dropout = 0.125,
        },
        Training = new()
        {
            Epochs = null,
            Steps = 16,
            EvaluateEvery = 17,
            Loss = "mse",
            Optimizer = new() { Kind = "adam", Lr = 0.1 + 0.2, WeightDecay = 1e-4, Beta1 = 0.5, Beta2 = 0.99, Epsilon = 1e-7 },
            Schedule = new()
            {
                Kind = "plateau", Warmup = 19, Factor = 0.3, Patience = 21, Threshold = 0.25, MinLr = 1e-9,
            },
            Clip = new() { Kind = "norm", Scope = ClipScope.Layer, Threshold = 0.7 },
            Regulariser = new() { Kind = "vanishing-gradient", Weight = 0.3 },
        },
        Gradients = new() { Every = 0, Flush = 18 },
        Checkpoint = new() { Every = 22, Minutes = 0.5, Keep = 23 },
        Verdict = new() { Vanishing = 0.25, Exploding = 40 },
    };

    /// <summary>Together they use every key.</summary>
    private static IEnumerable<InitSection> Distributions =>
    [
        new() { Kind = "scaled-normal", Gain = 1e-300, WeightVariance = 1.7976931348623157e308, BiasMean = 1, BiasVariance = 5e-324 },
        new() { Kind = "he-normal", Fan = Fan.Out },
        new() { Kind = "truncated-normal", Mean = -0.1, Std = 0.02, Truncation = 3 },
        new() { Kind = "uniform", Bound = 0.08 },
        new() { Kind = "constant", Value = -1 },
        new() { Kind = "sparse", Sparsity = 0.5 },
    ];

    /// <summary>Together they differ from the default in every field.</summary>
    private static readonly Experiment[] Unusuals =
    [
        Unusual,
        Unusual with
        {
            Data = new()
            {
                Source = "csv", Path = "/table", Target = "y", Task = TableTask.Regression, Categorical = ["a", "b,\"c"],
                Delimiter = "\t", TestFraction = 0.3, SplitSeed = 4,
            },
        },
        Unusual with { Model = new() { Activation = new() { Slope = 1.0 / 3 } } },
        Unusual with { Model = new() { Activation = new() { Forward = "elu", Alpha = 0.7 } } },
        Unusual with
        {
            Training = new()
            {
                Optimizer = new() { Momentum = 0.9, Nesterov = true }, Schedule = new() { Kind = "step", Every = 20 },
            },
        },
        Unusual with { Gradients = new() { Every = 17, Flush = 18, Measure = ["exponents", "dead-units"] } },
        Unusual with { Training = new() { Optimizer = new() { Kind = "rmsprop", Alpha = 0.9, Centered = true } } },
        Unusual with
        {
            Members = new(),
            Data = new() { Source = "adding", Length = 20, VariableLength = true, Train = 21, Test = 22, Seed = 23 },
            Model = new() { Kind = "elman", Init = new() { Kind = "file", Path = "/weights-{member}" }, RecurrentInit = new() { Kind = "file", Path = "/w" } },
        },
        .. Distributions.Select(init => Unusual with { Model = Unusual.Model with { Init = init } }),
        .. Distributions.Select(init => Unusual with
        {
            Data = new() { Source = "adding", Length = 20, VariableLength = true, Train = 21, Test = 22, Seed = 23 },
            Model = new() { Kind = "elman", Truncate = 24, RecurrentInit = init },
        }),
    ];

    [Fact]
    public void Loading_what_was_written_gives_an_equal_experiment_to_the_last_bit()
    {
        foreach (var experiment in Unusuals.Prepend(new Experiment()))
        {
            string json = ExperimentWriter.ToJson(experiment);
            using var file = new ExperimentFile(json);
            var again = file.Load();
            Assert.Equal(experiment, again);
            Assert.Equal(json, ExperimentWriter.ToJson(again));
        }
    }

    [Fact]
    public void The_text_is_canonical()
    {
        Assert.Equal(
            """
            {
              "name": "experiment",
              "device": "auto",
              "precision": "float32",
              "denormals": "flush",
              "threads": "auto",
              "cudaGraphs": true,
              "tensorboard": false,
              "output": "runs",
              "seeds": {
                "first": 0,
                "count": 1
              },
              "members": {
                "vary": {},
                "combine": "cross"
              },
              "data": {
                "source": "fashion-mnist",
                "path": null,
                "batch": 128,
                "standardise": "auto",
                "form": null,
                "permutationSeed": null
              },
              "model": {
                "kind": "mlp",
                "depth": 5,
                "width": 64,
                "activation": {
                  "forward": "tanh",
                  "slope": 1,
                  "backward": "exact"
                },
                "norm": "none",
                "dropout": 0,
                "init": {
                  "kind": "xavier-normal",
                  "gain": 1,
                  "biasMean": 0,
                  "biasVariance": 0
                }
              },
              "training": {
                "epochs": 1,
                "steps": null,
                "loss": "auto",
                "evaluateEvery": 0,
                "optimizer": {
                  "kind": "sgd",
                  "lr": 0.01,
                  "momentum": 0,
                  "nesterov": false,
                  "weightDecay": 0
                },
                "schedule": {
                  "kind": "constant",
                  "warmup": 0
                },
                "clip": {
                  "kind": "none"
                },
                "regulariser": {
                  "kind": "none"
                }
              },
              "gradients": {
                "every": 10,
                "flush": 200,
                "measure": []
              },
              "checkpoint": {
                "every": 1000,
                "minutes": 10,
                "keep": 2
              },
              "verdict": {
                "vanishing": 0.001,
                "exploding": 1000
              },
              "study": {
                "variants": {},
                "grid": {}
              }
            }

            """.ReplaceLineEndings("\n"),
            ExperimentWriter.ToJson(new Experiment()));
    }

    [Fact]
    public void A_number_that_JSON_can_not_hold_is_refused() => Assert.Throws<ArgumentException>(
        () => ExperimentWriter.ToJson(Unusual with { Model = new() { Init = new() { Gain = double.NaN } } }));

    /// <summary>Keeps the round trip above honest when a field is added.</summary>
    [Fact]
    public void The_unusual_experiments_differ_from_the_default_in_every_field_that_has_a_choice()
    {
        var standard = JsonNode.Parse(ExperimentWriter.ToJson(new Experiment()));
        IEnumerable<string> same = Unusuals.Select(unusual =>
        {
            var fields = new List<string>();
            Compare("", standard, JsonNode.Parse(ExperimentWriter.ToJson(unusual)), fields);
            return fields;
        }).Aggregate<IEnumerable<string>>((first, second) => first.Intersect(second));
        Assert.Equal(["/study/variants", "/study/grid"], same);
    }

    private static void Compare(string path, JsonNode? first, JsonNode? second, List<string> same)
    {
        if (first is JsonObject section && section.Count > 0)
        {
            foreach ((string key, JsonNode? value) in section)
            {
                Compare($"{path}/{key}", value, second![key], same);
            }
        }
        else if (JsonNode.DeepEquals(first, second))
        {
            same.Add(path);
        }
    }
}
