using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace GradTorch.Runs;

/// <summary>What a study set out to train: <c>study-001.json</c> in the folder of its experiment, written before its first run, for it to be gone
/// on with. Which of its runs there are, their manifests say.</summary>
/// <param name="WorkingDirectory">The folder that relative paths of the configurations start at.</param>
/// <param name="Runs">In the order in which they are trained.</param>
public sealed record StudyRecord(string WorkingDirectory, IReadOnlyList<StudyRecordRun> Runs)
{
    private const string Prefix = "study-", Extension = ".json";

    /// <summary>Such as study-001; null before it is written.</summary>
    [JsonIgnore]
    public string? Name { get; private init; }

    /// <summary>Writes it under the next number, safely also when several processes do so at once.</summary>
    /// <param name="folder">That of the experiment; made if need be.</param>
    /// <exception cref="RunException">It can't be written.</exception>
    public StudyRecord Write(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            for (var number = Numbers(folder).DefaultIfEmpty(0).Max() + 1; ; number++)
            {
                var named = this with { Name = Prefix + RunFolderName.OfRun(number) };
                using var file = AtomicFile.Prepare(FileOf(folder, named.Name), JsonSerializer.Serialize(this, RecordJson.Options) + "\n");
                if (file.CommitNew()) return named;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunException($"No study can be recorded in {folder}: {e.Message} Give an output folder that you may write to.", e);
        }
    }

    /// <summary>The newest study of an experiment's folder; null if there is none.</summary>
    /// <exception cref="RunException">It can't be read.</exception>
    public static StudyRecord? Newest(string folder)
    {
        if (Numbers(folder).Order().Cast<int?>().LastOrDefault() is not { } number) return null;
        var name = Prefix + RunFolderName.OfRun(number);
        var file = FileOf(folder, name);
        try
        {
            return JsonSerializer.Deserialize<StudyRecord>(File.ReadAllText(file), RecordJson.Options)! with { Name = name };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new RunException($"{file} can't be read: {e.Message} Go on with the runs of the study one by one.", e);
        }
    }

    private static string FileOf(string folder, string name) => Path.Combine(folder, name + Extension);

    private static IEnumerable<int> Numbers(string folder) => Directory.EnumerateFiles(folder, Prefix + "*" + Extension)
        .Select(file => Path.GetFileNameWithoutExtension(file)[Prefix.Length..])
        .Where(number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        .Select(number => int.Parse(number, CultureInfo.InvariantCulture));
}

/// <summary>One run of a study.</summary>
/// <param name="Variant">Its name.</param>
/// <param name="Grid">The keys of the study's grid, as in <c>model:depth</c>; empty without one.</param>
/// <param name="Config">Its experiment, as in the config.json of its run directory.</param>
public sealed record StudyRecordRun(string Variant, IReadOnlyList<string> Grid, JsonObject Config);
