namespace GradTorch.Cli;

/// <summary>One thing that the program does: <c>gradtorch NAME …</c>.</summary>
internal abstract class Verb
{
    public abstract string Name { get; }

    /// <summary>One line for the list of verbs.</summary>
    public abstract string Purpose { get; }

    /// <summary>What follows the name before options, as in <c>CONFIG</c>; empty for nothing.</summary>
    public abstract string Usage { get; }

    /// <summary>Options that it has for itself, beside the program's.</summary>
    public virtual IReadOnlyList<VerbOption> Options => [];

    /// <summary>What more there is to know, in a few lines.</summary>
    public abstract string Details { get; }

    /// <summary>What follows the program's name, and what that does.</summary>
    public abstract IReadOnlyList<(string Command, string Meaning)> Examples { get; }

    /// <summary>Words that it takes after its name, at most.</summary>
    public virtual int MostWords => 0;

    /// <summary>Whether options that are neither its own nor the program's are keys of an experiment.</summary>
    public virtual bool TakesKeys => false;

    /// <summary>The whole command, as in <c>gradtorch check CONFIG [--variant NAME] [--key value …] [--json]</c>.</summary>
    public virtual string Synopsis => string.Join(' ', new[] { "gradtorch", Name, Usage }.Where(part => part.Length > 0)
        .Concat(Options.Select(option => $"[{option.Synopsis}]"))
        .Concat(TakesKeys ? ["[--key value …]", "[--json]"] : ["[--json]"]));

    public abstract ExitCode Run(Invocation invocation);
}
