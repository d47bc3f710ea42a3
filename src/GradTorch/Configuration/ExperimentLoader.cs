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
        string path, IReadOnlyList<string> commandLine, IReadOnlyDictionary<string, string> environment) =>
        Load(path, null, commandLine, environment);

    /// <summary>An experiment that stands in another file, without environment.</summary>
    /// <param name="file">Which, for messages.</param>
    /// <param name="text">Its JSON.</param>
    /// <param name="commandLine">As for <see cref="Load(string, IReadOnlyList{string})"/>.</param>
    /// <exception cref="ConfigurationException">Anything is wrong with it.</exception>
    public static Experiment Parse(string file, string text, IReadOnlyList<string> commandLine) =>
        Load(file, text, commandLine, new Dictionary<string, string>());

    private static Experiment Load(
        string path, string? text, IReadOnlyList<string> commandLine, IReadOnlyDictionary<string, string> environment)
    {
        Resolution Resolve(string? variant, GridCell? cell)
        {
            var file = new JsonFileLayer(path, text);
            return new ExperimentResolver(
                file, variant is null ? null : new VariantLayer(file, variant),
                new EnvironmentLayer(environment), new CommandLineLayer(commandLine), cell).Resolve();
        }

        Experiment experiment = new StudyResolver(Resolve).Resolve();
        StudyVariant[] variants =
            [.. experiment.Study.Variants.All.Select(variant => variant with { Experiment = WithPaths(variant.Experiment, path) })];
        return WithPaths(experiment, path) with { Study = experiment.Study with { Variants = new StudyVariants(variants) } };
    }

    /// <summary>data:path and model:init:path are relative to the working directory or, if nothing is there, to the experiment's folder,
    /// so that an experiment and its data can be moved and run from anywhere together.</summary>
    private static Experiment WithPaths(Experiment experiment, string file)
    {
        var (data, model) = (experiment.Data, experiment.Model);
        if (Beside(data.Path, file) is { } dataPath) data = data with { Path = dataPath };
        if (Beside(model.Init.Path, file) is { } weights) model = model with { Init = model.Init with { Path = weights } };
        return experiment with { Data = data, Model = model };
    }

    /// <summary>Null where a path stays as it is. Files of each member's own are where the first one is.</summary>
    private static string? Beside(string? path, string file)
    {
        if (path is null || IsThere(path)) return null;
        var beside = Path.Combine(Path.GetDirectoryName(file) ?? "", path);
        return IsThere(beside) ? beside : null;

        static bool IsThere(string path) => Path.Exists(path.Replace(InitSection.Member, "0", StringComparison.Ordinal));
    }
}
