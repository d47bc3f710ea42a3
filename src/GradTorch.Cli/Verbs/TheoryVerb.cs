using GradTorch.Cli.Theories;

namespace GradTorch.Cli.Verbs;

/// <summary>What is known without training: closed forms and mean-field predictions.</summary>
internal sealed class TheoryVerb : Verb
{
    public override string Name => "theory";

    public override string Purpose => "what mean-field theory and closed forms predict of gradients";

    public override string Usage => "KIND";

    public override int MostWords => 1;

    public override IReadOnlyList<VerbOption> Options { get; } =
        [.. TheoryRegistry.All.SelectMany(kind => kind.Options).DistinctBy(option => option.Name)];

    /// <summary>Each kind has options of its own, which the details tell.</summary>
    public override string Synopsis => $"gradtorch {Name} {Usage} [--option value …] [--json]";

    public override string Details => "KIND is one of\n" + string.Join('\n', TheoryRegistry.All.Select(kind =>
        $"  {kind.Name}: {kind.Purpose}\n    [{string.Join("] [", kind.Options.Select(option => option.Synopsis))}]"));

    public override IReadOnlyList<(string Command, string Meaning)> Examples =>
    [
        ("theory slope --n 2 --depth 50", "steep tanh units"),
        ("theory mean-field --activation tanh --weight-variance 1.5 --bias-variance 0.05", "q*, χ₁, ξ and the phase of a deep net"),
        ("theory mean-field --model residual --every 2 --depth 40 --scale 1/sqrt(depth)", "layer by layer, with skips"),
        ("theory critical --activation tanh --bias-variance 0.05", "where χ₁ = 1"),
        ("theory recurrent --activation sigmoid --norm 1.1 --steps 50 --json", "through time, for machines"),
    ];

    public override ExitCode Run(Invocation invocation)
    {
        var kind = Find(invocation.Word);
        var read = kind.Options.Select(option => option.Name).ToList();
        if (Options.FirstOrDefault(option => invocation.Options.Has(option.Name) && !read.Contains(option.Name)) is { } unused)
            throw new BadArgumentsException($"theory {kind.Name}: found {unused.Name}; allowed: {string.Join(", ", read)}");
        return kind.Run(invocation);
    }

    private TheoryKind Find(string? name)
    {
        if (name is null)
            throw new BadArgumentsException($"theory needs KIND: {string.Join(", ", TheoryRegistry.Names)}; as in: gradtorch {Examples[0].Command}");
        return TheoryRegistry.All.FirstOrDefault(kind => kind.Name == name) ?? throw OptionValues.NoChoice("theory KIND", name, TheoryRegistry.Names);
    }
}
