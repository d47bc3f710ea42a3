using GradTorch.Configuration;

namespace GradTorch.Cli;

/// <summary>A verb on one experiment: a JSON file, with keys of it overridden on the command line.</summary>
internal abstract class ExperimentVerb : Verb
{
    public sealed override string Usage => "CONFIG [--key value …]";

    public sealed override bool TakesArgument => true;

    public sealed override bool TakesKeys => true;

    public sealed override ExitCode Run(Invocation invocation)
    {
        var file = invocation.Argument ?? throw new BadArgumentsException(
            $"{Name} needs CONFIG, the JSON file of an experiment, as in: gradtorch {Examples[0].Command}");
        return Run(ExperimentLoader.Load(file, invocation.Keys), invocation);
    }

    protected abstract ExitCode Run(Experiment experiment, Invocation invocation);
}
