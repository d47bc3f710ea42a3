using GradTorch.Configuration.Fields;
using Microsoft.Extensions.Configuration;

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

    /// <summary>What a key is set to, as a value of a study's grid.</summary>
    /// <param name="path">That of a field, as in <c>model:depth</c>.</param>
    public static GridValue ValueOf(Experiment experiment, string path)
    {
        var field = (Field)Section.Experiment.Follow(path).Reached;
        var record = Section.Experiment.Records(experiment).Single(part => part.Section.Children.Contains(field)).Record;
        return new GridValue(field.Path, field.Property!.GetValue(record)!);
    }

    /// <summary>Whether a key has a meaning beside the others, as <c>model:activation:slope</c> has with tanh.</summary>
    /// <param name="path">As in <c>model:depth</c>.</param>
    public static bool IsUsed(Experiment experiment, string path)
    {
        var (section, record) = (Section.Experiment, (object)experiment);
        foreach (var key in path.Split(ConfigurationPath.KeyDelimiter))
        {
            var child = section.Child(key)!;
            if (!section.HasUse(child, record))
            {
                return false;
            }

            if (child is Section inner)
            {
                (section, record) = (inner, inner.Property!.GetValue(record)!);
            }
        }

        return true;
    }
}
