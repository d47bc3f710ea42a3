using GradTorch.Analysis.Comparisons;
using GradTorch.Cli.Output;
using GradTorch.Runs;

namespace GradTorch.Cli;

/// <summary>The runs that a verb is given: run directories, or folders with runs below them.</summary>
internal static class NamedRuns
{
    /// <exception cref="BadArgumentsException">None is given.</exception>
    public static void Require(Invocation invocation, Verb verb) => invocation.RequiredWord(verb, "DIR, a run directory or a folder with runs below it");

    /// <summary>Those that can be read: of each folder in the order in which they were trained. The others are named.</summary>
    /// <exception cref="BadArgumentsException">A folder is not there.</exception>
    /// <exception cref="RunException">There is no run in one.</exception>
    public static IReadOnlyList<ComparedVariant> Read(Invocation invocation, ComparedTarget? target = null)
    {
        if (invocation.Words.FirstOrDefault(word => !Directory.Exists(word)) is { } missing)
            throw new BadArgumentsException($"{missing} is not a folder; give a run directory, or a folder with runs below it");
        var runs = invocation.Words.Select(RunDirectory.Newest).ToList();
        return ComparedVariant.Distinguish(
        [
            .. runs.SelectMany(folder => folder.SelectMany(run => Read(run, target, invocation)).OrderBy(variant => variant.Start))
                .DistinctBy(variant => (variant.Directory, variant.Name)),
        ]);
    }

    private static IReadOnlyList<ComparedVariant> Read(RunDirectory run, ComparedTarget? target, Invocation invocation)
    {
        try
        {
            var variants = ComparedVariant.Read(run, target);
            if (variants is [{ Status: not RunStatus.Finished } own, ..])
                invocation.Terminal.Error.Warning($"{own.Directory} {RunStatusText.Sentence(own.Status, own.Directory, own.LastStep, own.Error)}");
            return variants;
        }
        catch (RunException exception)
        {
            invocation.Terminal.Error.Warning($"left out: {exception.Message}");
            return [];
        }
    }
}
