using System.Collections;
using GradTorch.Configuration.Sources;

namespace GradTorch.Configuration;

/// <summary>
/// Reads an experiment from a JSON file, from environment variables (<c>GRADTORCH__model__depth</c>) and from the
/// command line (<c>--model:depth 20</c>), each stronger than the one before. Keys match in any case, values
/// exactly. A variant of a study is stronger than the rest of its file and weaker than environment and command line.
/// </summary>
public static class ExperimentLoader
{
    /// <summary>The one key that is not the experiment's: it tells editors where the schema lies.</summary>
    internal const string SchemaKey = "$schema";

    /// <summary>Reads with the environment of this process.</summary>
    /// <inheritdoc cref="Load(string, IReadOnlyList{string}, IReadOnlyDictionary{string, string})"/>
    public static Experiment Load(string path, IReadOnlyList<string> commandLine) =>
        Load(path, commandLine, Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(
            variable => (string)variable.Key, variable => (string?)variable.Value ?? ""));

    /// <param name="path">The JSON file, UTF-8; comments and trailing commas are allowed.</param>
    /// <param name="commandLine">What the user wrote after the file: <c>--key value</c> or <c>--key=value</c>.</param>
    /// <param name="environment">Environment variables; only names that begin with GRADTORCH__ count.</param>
    /// <exception cref="ConfigurationException">Anything is wrong, in the file or in a variant; it holds all that is.
    /// </exception>
    public static Experiment Load(
        string path, IReadOnlyList<string> commandLine, IReadOnlyDictionary<string, string> environment)
    {
        Resolution Resolve(string? variant)
        {
            var file = new JsonFileLayer(path);
            return new ExperimentResolver(
                file, variant is null ? null : new VariantLayer(file, variant),
                new EnvironmentLayer(environment), new CommandLineLayer(commandLine)).Resolve();
        }

        Resolution shared = Resolve(null);
        var variants = shared.VariantNames.Select(name => (Name: name, Resolution: Resolve(name))).ToList();

        // The variants see what the file, the environment and the command line say again: an error of these is one error.
        var trained = variants.Count == 0 ? [shared] : variants.ConvertAll(variant => variant.Resolution);
        var ofShared = ErrorsOf(shared, trained);
        ConfigurationError[] errors =
        [
            .. ofShared
                .Concat(variants.SelectMany(variant => ErrorsOf(variant.Resolution, trained).Except(ofShared)
                    .Select(found => (found.Rank, Error: InVariant(variant.Name, found.Error)))))
                .OrderBy(found => found.Rank).ThenBy(found => found.Error.Line ?? 0)
                .Select(found => found.Error)
                .Distinct(),
        ];
        if (errors.Length > 0)
        {
            throw new ConfigurationException(errors);
        }

        StudyVariant[] all = [.. variants.Select(variant => new StudyVariant(variant.Name, WithPathOfData(variant.Resolution.Experiment, path)))];
        return WithPathOfData(shared.Experiment, path) with { Study = new StudySection { Variants = new StudyVariants(all) } };
    }

    /// <summary>A key that is given for all variants need not have a use beside the kinds of each.</summary>
    private static (int Rank, ConfigurationError Error)[] ErrorsOf(Resolution resolution, IReadOnlyList<Resolution> trained) =>
    [
        .. resolution.Errors,
        .. resolution.Unused.Where(unused => trained.All(other => other.Unused.ContainsKey(unused.Key)))
            .SelectMany(unused => unused.Value),
    ];

    /// <summary>data:path is relative to the working directory or, if nothing is there, to the experiment's folder, so that
    /// an experiment and its data can be moved and run from anywhere together.</summary>
    private static Experiment WithPathOfData(Experiment experiment, string file)
    {
        if (experiment.Data.Path is not { } path || Path.Exists(path)) return experiment;
        var beside = Path.Combine(Path.GetDirectoryName(file) ?? "", path);
        return Path.Exists(beside) ? experiment with { Data = experiment.Data with { Path = beside } } : experiment;
    }

    /// <summary>An error that only a variant brings about, but that stands elsewhere, names the variant.</summary>
    private static ConfigurationError InVariant(string name, ConfigurationError error) =>
        Fields.Section.Variants.Split(error.Path) is null
            ? error with { Message = $"{error.Message} (in the variant '{name}')" }
            : error;
}
