using GradTorch.Cli.Output;
using GradTorch.Cli.Terminals;
using GradTorch.Configuration;
using GradTorch.Studies;

namespace GradTorch.Cli;

/// <summary>A verb on one experiment: a JSON file, with keys of it overridden on the command line. It is handed what the
/// experiment has to train, of which <c>--variant</c> picks one run.</summary>
internal abstract class ExperimentVerb : Verb
{
    private const int MostNamed = 20;

    private static readonly VerbOption VariantOption = new("--variant", "NAME", "only this variant of the experiment's study");

    public sealed override string Usage => "CONFIG";

    public override IReadOnlyList<VerbOption> Options => [VariantOption];

    public sealed override int MostWords => 1;

    public sealed override bool TakesKeys => true;

    public sealed override ExitCode Run(Invocation invocation)
    {
        var file = invocation.RequiredWord(this, "CONFIG, the JSON file of an experiment");
        try
        {
            var study = StudyPlan.Of(ExperimentLoader.Load(file, invocation.Keys));
            if (invocation.Options.Text(VariantOption.Name) is { } variant) study = Only(study, variant);
            WarnOfThreads(study, invocation.Terminal.Error);
            return Run(study, invocation);
        }
        catch (ConfigurationException exception)
        {
            throw new ConfigurationException([.. exception.Errors.Select(error => InFile(file, error))]);
        }
    }

    protected abstract ExitCode Run(StudyPlan study, Invocation invocation);

    /// <summary>The variants of a study for a message, of a large grid the first ones.</summary>
    protected static string NamesOf(StudyPlan study)
    {
        var more = study.Runs.Count - MostNamed;
        var names = study.Runs.Take(MostNamed).Select(run => run.Variant!.Name).Select(name => name.Contains(',') ? $"'{name}'" : name);
        return string.Join(", ", names)
            + (more > 0 ? $" and {NumberText.Count(more)} more, which check --json lists" : "");
    }

    private static void WarnOfThreads(StudyPlan study, Screen screen)
    {
        var threads = study.Runs.Max(run => run.Plan.Threads.Count);
        if (threads > Environment.ProcessorCount)
        {
            screen.Warning(FormattableString.Invariant(
                $"threads is {threads}, and this machine has {NumberText.Plural(Environment.ProcessorCount, "core")}: more threads than cores slow a run down"));
        }
    }

    /// <summary>What is wrong with an experiment as a whole is told of its file.</summary>
    private static ConfigurationError InFile(string file, ConfigurationError error) =>
        error.Source == ConfigurationError.Experiment ? error with { Source = file } : error;

    private static StudyPlan Only(StudyPlan study, string variant)
    {
        string[] names = [.. study.Runs.Select(run => run.Variant?.Name).OfType<string>()];
        if (names.Contains(variant)) return study.Only(variant);
        if (names.Length == 0)
            throw new BadArgumentsException($"--variant {variant}: {study.Name} has no variants (study:variants); leave the option out");
        var meant = NearestName.Find(variant, names);
        throw new BadArgumentsException(
            $"'{variant}' is not a variant of {study.Name}; allowed: {NamesOf(study)}"
            + (meant is null ? "" : $"; did you mean '{meant}'?"));
    }
}
