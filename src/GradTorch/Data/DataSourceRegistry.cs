using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using GradTorch.Configuration;

namespace GradTorch.Data;

/// <summary>The data sources that an experiment can name.</summary>
[RegistryOf("a data source")]
public static class DataSourceRegistry
{
    public static IReadOnlyList<DataSourceEntry> All { get; } =
    [
        IdxSource.Of(PublishedImages.FashionMnist, "grey images of clothes", "Xiao, Rasul, Vollgraf 2017, arXiv 1708.07747"),
        IdxSource.Of(PublishedImages.Mnist, "grey images of digits", "LeCun, Bottou, Bengio, Haffner 1998"),
        Cifar10.Source,
        TableSource.Entry,
        TextSource.Entry,
        AddingProblem.Task.Source,
        CopyMemory.Task.Source,
        TemporalOrder.Task.Source,
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(entry => entry.Name)];

    /// <summary>The sources that read that key of their section.</summary>
    public static IReadOnlyList<string> UsersOf(string key) =>
        [.. All.Where(entry => entry.Options.Contains(key)).Select(entry => entry.Name)];

    /// <exception cref="KeyNotFoundException">No source has that name.</exception>
    public static DataSourceEntry Find(string name) =>
        All.FirstOrDefault(entry => entry.Name == name) ?? throw new KeyNotFoundException($"'{name}' is not a data source");

    /// <summary>What is wrong with a section for the source that it names.</summary>
    public static IEnumerable<ValidationResult> Check(DataSection section)
    {
        var source = Find(section.Source);
        (string Name, string? Value)[] needed = [(nameof(section.Path), section.Path), (nameof(section.Target), section.Target)];
        foreach (var (name, _) in needed.Where(key => key.Value is null && source.Needs.Contains(key.Name)))
            yield return new ValidationResult($"not given, and {source.Name} needs it", [name, nameof(section.Source)]);
        if (section.Standardise != Standardisation.Auto && !source.Standardisations.Contains(section.Standardise))
        {
            yield return new ValidationResult(
                $"found {Name(section.Standardise)}, which does not suit {source.Name}; allowed: "
                + string.Join(", ", source.Standardisations.Prepend(Standardisation.Auto).Select(Name)),
                [nameof(section.Standardise), nameof(section.Source)]);
        }
        if (section.Length < source.LeastLength)
        {
            yield return new ValidationResult(
                FormattableString.Invariant($"found {section.Length}, too short for {source.Name}; allowed: at least {source.LeastLength}"),
                [nameof(section.Length), nameof(section.Source)]);
        }
    }

    private static string Name(Standardisation standardisation) =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(standardisation.ToString());
}
