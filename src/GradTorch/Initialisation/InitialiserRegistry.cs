namespace GradTorch.Initialisation;

/// <summary>The initial distributions that an experiment can name.</summary>
public static class InitialiserRegistry
{
    public static IReadOnlyList<InitialiserEntry> All { get; } =
    [
        new("xavier-normal", "N(0, 2/(in + out))", "Glorot & Bengio 2010",
            new ScaledNormal((fanIn, fanOut, _) => Math.Sqrt(2.0 / (fanIn + fanOut)))),
        new("xavier-uniform", "U(±√(6/(in + out)))", "Glorot & Bengio 2010",
            new ScaledUniform((fanIn, fanOut) => Math.Sqrt(6.0 / (fanIn + fanOut)))),
        new("he-normal", "N(0, 2/in)", "He et al. 2015, arXiv 1502.01852",
            new ScaledNormal((fanIn, _, _) => Math.Sqrt(2.0 / fanIn))),
        new("he-uniform", "U(±√(6/in))", "He et al. 2015, arXiv 1502.01852",
            new ScaledUniform((fanIn, _) => Math.Sqrt(6.0 / fanIn))),
        new("lecun-normal", "N(0, 1/in)", "LeCun et al. 1998, Efficient BackProp",
            new ScaledNormal((fanIn, _, _) => Math.Sqrt(1.0 / fanIn))),
        new("pytorch", "U(±1/√in), biases too", "torch.nn.Linear",
            new ScaledUniform((fanIn, _) => Math.Sqrt(1.0 / fanIn), (fanIn, _) => Math.Sqrt(1.0 / fanIn))),
        new("normal", "N(0, σw²/in)", "Poole et al. 2016, arXiv 1606.05340",
            new ScaledNormal((fanIn, _, parameters) => Math.Sqrt(parameters.WeightVariance / fanIn))),
        new("orthogonal", "uniform over matrices with orthonormal rows or columns", "Saxe et al. 2014, arXiv 1312.6120",
            new Orthogonal()),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(entry => entry.Name)];

    /// <exception cref="KeyNotFoundException">No initialiser has that name.</exception>
    public static Initialiser Find(string name) =>
        (All.FirstOrDefault(entry => entry.Name == name) ?? throw new KeyNotFoundException($"'{name}' is not an initialiser"))
        .Initialiser;
}
