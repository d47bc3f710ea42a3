using GradTorch.Configuration.Fields;

namespace GradTorch.Configuration;

/// <summary>What the keys of an experiment are set to.</summary>
public static class ExperimentSettings
{
    /// <summary>The keys that have another value than their default, in the order of the records, with what they have;
    /// without what members vary and without variants.</summary>
    public static IEnumerable<(string Path, string Value)> Given(Experiment experiment) =>
        from part in Section.Experiment.Records(experiment)
        from field in part.Section.Children.OfType<Field>()
        let value = field.Property!.GetValue(part.Record)
        where value is not null && !value.Equals(field.Default)
        select (field.Path, field.ToText(value));

    /// <summary>Whether a key has a meaning beside the others, as <c>model:activation:slope</c> has with tanh.</summary>
    /// <param name="path">As in <c>model:depth</c>.</param>
    public static bool IsUsed(Experiment experiment, string path) =>
        IsUsed(experiment, (Field)Section.Experiment.Follow(path).Reached);

    private static bool IsUsed(Experiment experiment, Field field) => Section.UsagesOf(field).All(usage =>
        IsUsed(experiment, usage.Decider) && usage.IsMetBy(usage.Decider.ToText(ValueOf(experiment, usage.Decider))));

    private static object? ValueOf(Experiment experiment, Field field)
    {
        var (_, record) = Section.Experiment.Records(experiment).Single(part => part.Section.Children.Contains(field));
        return field.Property!.GetValue(record);
    }
}
