namespace GradTorch.Cli;

/// <summary>One thing that the program does: <c>gradtorch NAME …</c>.</summary>
internal abstract class Verb
{
    public abstract string Name { get; }

    /// <summary>One line for the list of verbs.</summary>
    public abstract string Purpose { get; }

    /// <summary>What follows the name, as in <c>CONFIG [--key value …]</c>; empty for nothing.</summary>
    public abstract string Usage { get; }

    /// <summary>What more there is to know, in a few lines.</summary>
    public abstract string Details { get; }

    /// <summary>What follows the program's name, and what that does.</summary>
    public abstract IReadOnlyList<(string Command, string Meaning)> Examples { get; }

    /// <summary>Whether it takes a word after its name.</summary>
    public virtual bool TakesArgument => false;

    /// <summary>Whether options that are not the program's are keys of an experiment.</summary>
    public virtual bool TakesKeys => false;

    public abstract ExitCode Run(Invocation invocation);
}
