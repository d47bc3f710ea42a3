namespace GradTorch.Cli.Theories;

/// <summary>One thing that theory predicts: <c>gradtorch theory NAME …</c>.</summary>
internal abstract class TheoryKind
{
    public abstract string Name { get; }

    /// <summary>One line for the help of the verb.</summary>
    public abstract string Purpose { get; }

    /// <summary>All that it reads.</summary>
    public abstract IReadOnlyList<VerbOption> Options { get; }

    public abstract ExitCode Run(Invocation invocation);
}
