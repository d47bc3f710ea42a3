using System.ComponentModel.DataAnnotations;
using GradTorch.Configuration.Fields;

namespace GradTorch.Configuration;

/// <summary>
/// The rules between fields, checked on what is trained: where members have values of their own, on the experiment of each
/// combination of these. With a grid, its cells are trained and not the experiment that they are made of.
/// </summary>
internal sealed class ExperimentRules(ExperimentResolver resolver)
{
    public void Check(Experiment experiment)
    {
        var members = (Section)Section.Experiment.Child(nameof(Experiment.Members))!;
        if (!Check(members, experiment.Members) || !resolver.IsSound(members) || experiment.Study.Grid.Count > 0)
        {
            return;
        }

        foreach (Experiment combination in experiment.Combinations())
        {
            foreach ((Section section, object record) in Section.Experiment.Records(combination))
            {
                Check(section, record);
            }
        }
    }

    /// <summary>
    /// A broken rule is an error of its first field, found where the first of its fields that was given stands:
    /// defaults alone break no rule.
    /// </summary>
    /// <returns>Whether no rule was broken.</returns>
    private bool Check(Section section, object record)
    {
        if (record is not IValidatableObject rules || !resolver.IsSound(section))
        {
            return true;
        }

        ValidationResult[] broken = [.. rules.Validate(new ValidationContext(record))];
        foreach (ValidationResult result in broken)
        {
            Field[] fields = [.. result.MemberNames.Select(name => FieldOf(section, name))];
            if (resolver.IsSound(section, fields))
            {
                var (layer, setting, given) = fields.Select(resolver.WhereGiven).First(place => place is not null)!.Value;
                layer.Errors.Add(setting.Error(
                    given is ListField ? given.Path : fields[0].Path, result.ErrorMessage!));
            }
        }

        return broken.Length == 0;
    }

    /// <summary>A property of the section, one of a section in it (Section:Field), or a key that members vary.</summary>
    private static Field FieldOf(Section section, string name) =>
        section.Follow(name).Reached as Field ?? Section.Variation.Find(name)!;
}
