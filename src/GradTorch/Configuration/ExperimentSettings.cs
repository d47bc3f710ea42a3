using GradTorch.Configuration.Fields;

namespace GradTorch.Configuration;

/// <summary>What the keys of an experiment are set to.</summary>
public static class ExperimentSettings
{
    private static readonly ILookup<string, Usage> Usages =
        Section.Experiment.Sections.SelectMany(section => section.Usages).ToLookup(usage => usage.Field.Path);

    /// <summary>The keys that have another value than their default, in the order of the records, with what they have;
    /// without what members vary and without variants.</summary>
    public static IEnumerable<(string Path, string Value)> Given(Experiment experiment) =>
        from part in Section.Experiment.Records(experiment)
        from field in part.Section.Children.OfType<Field>()
        let value = field.Property!.GetValue(part.Record)
        where value is not null && !value.Equals(field.Default)
        select (field.Path, field.ToJson(value)!.ToString());

    /// <summary>Whether a key has a meaning beside the others, as <c>model:activation:slope</c> has with tanh.</summary>
    /// <param name="path">As in <c>model:depth</c>.</param>
    public static bool IsUsed(Experiment experiment, string path) =>
        Usages[path].All(usage => usage.IsMetBy(ValueOf(experiment, usage.Decider)));

    private static string ValueOf(Experiment experiment, Field field)
    {
        var (_, record) = Section.Experiment.Records(experiment).Single(part => part.Section.Children.Contains(field));
        return field.ToJson(field.Property!.GetValue(record))!.ToString();
    }
}
