using GradTorch.Configuration;
using GradTorch.Runs;
using GradTorch.Studies;

namespace GradTorch.Cli.Output;

/// <summary>What a grid of many runs amounts to: what they differ in, and how far they lie apart.</summary>
internal static class GridPlan
{
    private const int MostValues = 20;

    public static IEnumerable<(string Name, string Value)> Of(StudyPlan study)
    {
        yield return ("name", study.Name);
        yield return ("output", RunDirectory.ParentOf(study.Runs[0].Experiment.Output, study.Name));
        var title = "grid";
        foreach (var key in study.Grid)
        {
            yield return (title, $"{key.Path} {Values(key)}");
            title = "";
        }
        yield return ("runs", $"{Product(study)}, from '{study.Runs[0].Variant!.Name}' to '{study.Runs[^1].Variant!.Name}'");
        yield return ("members", Range(study, plan => plan.Members));
        yield return ("parameters", Range(study, plan => plan.Parameters));
        yield return ("steps", Range(study, plan => plan.Steps));
        yield return ("records", Range(study, plan => plan.Records));
    }

    /// <summary>All of them, or the first ones and the last.</summary>
    private static string Values(GridKey key)
    {
        var first = string.Join(", ", key.Values.Take(key.Values.Count > MostValues ? MostValues / 2 : MostValues).Select(value => value.Text));
        return key.Values.Count > MostValues ? $"{first} … {key.Values[^1].Text} ({NumberText.Count(key.Values.Count)} values)" : first;
    }

    /// <summary>2 variants × 3 × 4: 24.</summary>
    private static string Product(StudyPlan study)
    {
        var lengths = study.Grid.Select(key => (long)key.Values.Count).ToList();
        var variants = study.Runs.Count / lengths.Aggregate((first, second) => first * second);
        return $"{(variants == 1 ? "" : NumberText.Plural(variants, "variant") + " × ")}{string.Join(" × ", lengths.Select(NumberText.Count))}: {NumberText.Count(study.Runs.Count)}";
    }

    private static string Range(StudyPlan study, Func<ExperimentPlan, long> of)
    {
        var (least, most) = (study.Runs.Min(run => of(run.Plan)), study.Runs.Max(run => of(run.Plan)));
        return (least == most ? NumberText.Count(least) : $"{NumberText.Count(least)} to {NumberText.Count(most)}") + " in each run";
    }
}
