using System.Globalization;
using GradTorch.Analysis.Verification;
using GradTorch.Cli.Output;
using GradTorch.Cli.Progress;
using GradTorch.Runs;
using GradTorch.Studies;

namespace GradTorch.Cli.Verbs;

/// <summary>Repeats a run and says whether it gives the same numbers.</summary>
internal sealed class VerifyVerb : Verb
{
    private const string StepsOption = "--steps";

    public override string Name => "verify";

    public override string Purpose => "repeats a run and proves that it gives the same numbers";

    public override string Usage => "DIR";

    public override int MostWords => 1;

    public override IReadOnlyList<VerbOption> Options { get; } = [new(StepsOption, "N", "only the first N updates")];

    public override string Details => """
        Trains the experiment of a run directory again, in a scratch folder that is removed afterwards, and compares all that
        run.db has of it, and the weights with all else that the checkpoint of its end has: every bit. The same: exit 0.
        Otherwise the first difference is told (step, member, layer, quantity and both values), how many there are and the largest
        relative one: exit 1. Of a run that did not come to its end it is what there is up to its last checkpoint. A run that was gone on
        with is compared with one that never stopped; one that was made longer is repeated so.
        """;

    public override IReadOnlyList<(string Command, string Meaning)> Examples =>
    [
        ("verify runs/smoke/001", "repeats the whole run"),
        ("verify runs/smoke/001 --steps 20", "and only its beginning"),
    ];

    public override ExitCode Run(Invocation invocation)
    {
        var folder = invocation.RequiredWord(this, "DIR, a run directory");
        var steps = invocation.Options.Integer(StepsOption, 1, int.MaxValue);
        var verification = RunVerification.Of(RunDirectory.Open(folder), steps);
        invocation.Interruption.Listen();
        var screen = invocation.Screen;
        Differences? differences;
        using (var display = RunDisplay.On(screen))
            differences = verification.Run(display, screen.Line, invocation.Interruption.Token);
        foreach (var other in verification.Surroundings) invocation.Terminal.Error.Warning(other);
        if (differences is null)
        {
            invocation.Terminal.Error.Line("interrupted; nothing was compared");
            return invocation.Interruption.Exit;
        }
        if (invocation.Json) invocation.Terminal.Output.Json(VerificationDocument.Of(verification, differences));
        else foreach (var line in Lines(verification, differences)) screen.Line(line);
        return differences.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static IEnumerable<string> Lines(RunVerification verification, Differences differences)
    {
        var what = $"{NumberText.Plural(verification.Steps, "update")}, {NumberText.Count(differences.Compared)} numbers{(verification.HasWeights ? ", weights among them" : "; there is no checkpoint to compare weights with")}";
        if (differences.First is not { } first)
        {
            yield return $"the same, bit for bit: {what}";
            yield break;
        }
        yield return $"not the same: {what}";
        yield return $"first difference: {Describe(first.Place)} is {Value(first.First)}, and was repeated as {Value(first.Second)}";
        yield return $"{NumberText.Count(differences.Count)} differ, by up to {NumberText.General(differences.LargestRelative)} relatively";
    }

    private static string Describe(RecordPlace place)
    {
        (string Name, long? Value)[] keys = [("step", place.Step), ("member", place.Member), ("layer", place.Layer), ("timestep", place.Timestep)];
        return $"{string.Join(", ", keys.Where(key => key.Value is not null).Select(key => string.Create(CultureInfo.InvariantCulture, $"{key.Name} {key.Value}")).Append(place.Quantity))} ({place.Table})";
    }

    /// <summary>Every digit: two numbers may differ in their last.</summary>
    private static string Value(object? value) => value switch
    {
        null => "not there",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
