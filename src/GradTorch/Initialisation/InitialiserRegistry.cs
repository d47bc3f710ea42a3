using System.ComponentModel.DataAnnotations;
using GradTorch.Configuration;

namespace GradTorch.Initialisation;

/// <summary>The initial distributions that an experiment can name.</summary>
[RegistryOf("an initialiser")]
public static class InitialiserRegistry
{
    private static readonly string[] Biases = ["biasMean", "biasVariance"];
    private static readonly string[] Common = ["gain", .. Biases];

    public static IReadOnlyList<InitialiserEntry> All { get; } =
    [
        new("xavier-normal", "N(0, 2/(in + out))", "Glorot & Bengio 2010",
            new ScaledNormal((fanIn, fanOut, _) => Math.Sqrt(2.0 / (fanIn + fanOut))), Common),
        new("xavier-uniform", "U(±√(6/(in + out)))", "Glorot & Bengio 2010",
            new ScaledUniform((fanIn, fanOut, _) => Math.Sqrt(6.0 / (fanIn + fanOut))), Common),
        new("he-normal", "N(0, 2/fan), fan in or out", "He et al. 2015, arXiv 1502.01852",
            new ScaledNormal((fanIn, fanOut, parameters) => Math.Sqrt(2.0 / parameters.FanOf(fanIn, fanOut))), [.. Common, "fan"]),
        new("he-uniform", "U(±√(6/fan)), fan in or out", "He et al. 2015, arXiv 1502.01852",
            new ScaledUniform((fanIn, fanOut, parameters) => Math.Sqrt(6.0 / parameters.FanOf(fanIn, fanOut))), [.. Common, "fan"]),
        new("lecun-normal", "N(0, 1/in)", "LeCun et al. 1998, Efficient BackProp",
            new ScaledNormal((fanIn, _, _) => Math.Sqrt(1.0 / fanIn)), Common),
        new("pytorch", "U(±1/√in), biases too", "torch.nn.Linear",
            new ScaledUniform((fanIn, _, _) => Math.Sqrt(1.0 / fanIn), (fanIn, _) => Math.Sqrt(1.0 / fanIn)), ["gain"]),
        new("scaled-normal", "N(0, σw²/in), σw² = weightVariance", "Poole et al. 2016, arXiv 1606.05340",
            new ScaledNormal((fanIn, _, parameters) => Math.Sqrt(parameters.WeightVariance / fanIn)), [.. Common, "weightVariance"]),
        new("normal", "N(mean, std²), whatever the fans", "torch.nn.init.normal_", new Normal(), [.. Common, "mean", "std"]),
        new("truncated-normal", "N(mean, std²) within mean ± truncation · std", "torch.nn.init.trunc_normal_",
            new TruncatedNormal(), [.. Common, "mean", "std", "truncation"]),
        new("uniform", "U(mean ± bound), whatever the fans", "torch.nn.init.uniform_",
            new Uniform(), [.. Common, "mean", "bound"]),
        new("constant", "value", "torch.nn.init.constant_", new Constant(parameters => parameters.Value), [.. Common, "value"]),
        new("zeros", "0", "torch.nn.init.zeros_", new Constant(_ => 0), Biases),
        new("ones", "1", "torch.nn.init.ones_", new Constant(_ => 1), Common),
        new("identity", "1 on the diagonal, 0 elsewhere", "Le, Jaitly, Hinton 2015 (IRNN), arXiv 1504.00941",
            new IdentityMatrix(), Common),
        new("orthogonal", "uniform over matrices with orthonormal rows or columns", "Saxe et al. 2014, arXiv 1312.6120",
            new Orthogonal(), Common),
        new("sparse", "N(0, std²), ⌈sparsity · out⌉ of each input's weights 0",
            "Martens 2010; torch.nn.init.sparse_, whose std is 0.01; 1 and sparsity 0.9 are our choice",
            new Sparse(), [.. Common, "std", "sparsity"]),
        new("spectral-radius", "N(0, 1) over its largest |eigenvalue|; square matrices only", "Jaeger 2001, GMD report 148",
            new SpectralRadius(), Common),
        new("lsuv", "orthogonal, then each layer rescaled until its x W + b has variance 1 on the first batch",
            "Mishkin & Matas 2016, arXiv 1511.06422", new Lsuv(), Common),
        new("file", "all parameters from a safetensors file with PyTorch's names and shapes", "export --weights; github.com/huggingface/safetensors",
            new FileWeights(), ["path"]),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(entry => entry.Name)];

    /// <summary>The initialisers that read that key of their section.</summary>
    public static IReadOnlyList<string> UsersOf(string key) =>
        [.. All.Where(entry => entry.Options.Contains(key)).Select(entry => entry.Name)];

    /// <summary>What is wrong with a section for the initialiser that it names.</summary>
    public static IEnumerable<ValidationResult> Check(InitSection section)
    {
        if (Find(section.Kind) is FileWeights && section.Path is null)
            yield return new ValidationResult($"not given, and {section.Kind} needs it", [nameof(section.Path), nameof(section.Kind)]);
    }

    /// <exception cref="KeyNotFoundException">No initialiser has that name.</exception>
    public static Initialiser Find(string name) =>
        (All.FirstOrDefault(entry => entry.Name == name) ?? throw new KeyNotFoundException($"'{name}' is not an initialiser"))
        .Initialiser;
}
