using System.IO.Enumeration;

namespace GradTorch.Runs;

/// <summary>
/// The folder of one run: <c>runs/&lt;name&gt;/001</c>, or <c>runs/&lt;name&gt;/&lt;variant&gt;/001</c> in a study. Every run
/// gets the next number after the highest there is; none ever writes into another's folder.
/// </summary>
public sealed class RunDirectory
{
    /// <summary>How the name of a folder begins that is being made; hidden, and left behind only by a kill.</summary>
    private const string Pending = ".new-";

    private RunDirectory(string path) => Path = path;

    /// <summary>The full path of the folder.</summary>
    public string Path { get; }

    /// <summary>The resolved experiment: every field, defaults included.</summary>
    public string ConfigFile => System.IO.Path.Combine(Path, "config.json");

    /// <summary>On what the run ran, when, and how it ended: <see cref="RunManifest"/>.</summary>
    public string ManifestFile => System.IO.Path.Combine(Path, "manifest.json");

    /// <summary>What was recorded: <see cref="RunDatabase"/>.</summary>
    public string DatabaseFile => System.IO.Path.Combine(Path, "run.db");

    /// <summary>What it needs to go on from where it stopped.</summary>
    public RunCheckpoints Checkpoints => new(System.IO.Path.Combine(Path, "checkpoints"));

    /// <summary>What was said: <see cref="RunLog"/>.</summary>
    public string LogFile => System.IO.Path.Combine(Path, "log.txt");

    /// <summary>Makes the folder of a new run, safely also when several processes do so at once.</summary>
    /// <param name="outputRoot">The folder of all runs, usually <c>runs</c>; created if need be.</param>
    /// <param name="name">The experiment's name, any text with a letter or digit in it.</param>
    /// <param name="variant">The variant's name in a study, or null.</param>
    /// <param name="fill">Writes what is in the folder from its first moment on: whoever sees it sees that, too.</param>
    /// <exception cref="RunException">The folder can't be created, or a name has nothing to name a folder by.</exception>
    public static RunDirectory Create(string outputRoot, string name, string? variant = null, Action<RunDirectory>? fill = null)
    {
        var parent = System.IO.Path.GetFullPath(ParentOf(outputRoot, name, variant));
        try
        {
            var siblings = Directory.CreateDirectory(parent).GetFileSystemInfos();
            var number = siblings.Select(sibling => RunFolderName.RunNumber(sibling.Name)).DefaultIfEmpty(0).Max() + 1;
            var made = new RunDirectory(System.IO.Path.Combine(parent, Pending + Guid.NewGuid().ToString("N")));
            Directory.CreateDirectory(made.Path);
            File.Create(made.LogFile).Dispose();
            fill?.Invoke(made);
            while (true)
            {
                var run = new RunDirectory(System.IO.Path.Combine(parent, RunFolderName.OfRun(number++)));
                if (made.MoveTo(run)) return run;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunException(
                $"No run directory can be made in {parent}: {e.Message} Give an output folder that you may write to.", e);
        }
    }

    /// <summary>The folder in which the runs of an experiment, or of a variant of it, are numbered.</summary>
    /// <exception cref="RunException">A name has nothing to name a folder by.</exception>
    public static string ParentOf(string outputRoot, string name, string? variant = null) => System.IO.Path.Combine(
        [outputRoot, RunFolderName.Of(name), .. variant is null ? [] : new[] { RunFolderName.Of(variant) }]);

    /// <summary>Whether a folder is that of a run.</summary>
    public static bool IsOne(string path) => File.Exists(new RunDirectory(path).ManifestFile);

    /// <summary>The folder of an earlier run.</summary>
    /// <exception cref="RunException">It is not the folder of a run.</exception>
    public static RunDirectory Open(string path)
    {
        var run = new RunDirectory(System.IO.Path.GetFullPath(path));
        if (!IsOne(run.Path))
        {
            throw new RunException(
                $"{path} is not a run directory: it has no manifest.json. Give the folder of one run, such as runs/NAME/001.");
        }

        return run;
    }

    /// <summary>The run of a study's variant; null if it did not begin.</summary>
    /// <param name="folder">That of the experiment.</param>
    /// <param name="study">As <see cref="StudyRecord.Name"/>.</param>
    /// <exception cref="RunException">A manifest can't be read.</exception>
    public static RunDirectory? OfStudy(string folder, string study, string variant)
    {
        var parent = System.IO.Path.Combine(System.IO.Path.GetFullPath(folder), RunFolderName.Of(variant));
        if (!Directory.Exists(parent)) return null;
        return Directory.EnumerateDirectories(parent).Select(path => new RunDirectory(path))
            .Where(run => File.Exists(run.ManifestFile) && run.ReadManifest().Study == study)
            .MaxBy(run => RunFolderName.RunNumber(System.IO.Path.GetFileName(run.Path)));
    }

    /// <summary>That run, or the newest of each experiment and variant in folders below, in the order of their paths.</summary>
    /// <param name="path">The folder of a run, or one with runs below it.</param>
    /// <exception cref="RunException">It is not there, or there is no run in it.</exception>
    public static IReadOnlyList<RunDirectory> Newest(string path)
    {
        if (!Directory.Exists(path)) throw NoFolder(path);
        if (new RunDirectory(System.IO.Path.GetFullPath(path)) is var run && File.Exists(run.ManifestFile)) return [run];
        var manifests = Directory.EnumerateFiles(run.Path, "manifest.json", SearchOption.AllDirectories)
            .Select(manifest => System.IO.Path.GetDirectoryName(manifest)!).Where(folder => !IsPending(folder))
            .GroupBy(folder => System.IO.Path.GetDirectoryName(folder)!);
        RunDirectory[] newest =
        [
            .. manifests.OrderBy(parent => parent.Key, StringComparer.Ordinal)
                .Select(parent => parent.MaxBy(folder => RunFolderName.RunNumber(System.IO.Path.GetFileName(folder)))!)
                .Select(folder => new RunDirectory(folder)),
        ];
        return newest.Length > 0 ? newest : throw NoRun(path);
    }

    /// <summary>That run, and every one in folders below, in the order of their paths; damaged ones, too, that lack a file.</summary>
    /// <param name="path">The folder of a run, or one with runs below it.</param>
    /// <exception cref="RunException">It is not there, or there is no run in it.</exception>
    public static IReadOnlyList<RunDirectory> All(string path)
    {
        if (!Directory.Exists(path)) throw NoFolder(path);
        var everywhere = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None };
        var files = new FileSystemEnumerable<string>(System.IO.Path.GetFullPath(path), (ref FileSystemEntry entry) => entry.Directory.ToString(), everywhere)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && entry.FileName is "manifest.json" or "run.db" or "log.txt",
        };
        RunDirectory[] all = [.. files.Where(folder => !IsPending(folder)).Distinct().Order(StringComparer.Ordinal).Select(folder => new RunDirectory(folder))];
        return all.Length > 0 ? all : throw NoRun(path);
    }

    public void WriteConfig(string json) => AtomicFile.Write(ConfigFile, json);

    /// <exception cref="RunException">There is no config.json, or not one that can be read.</exception>
    public RunConfig ReadConfig() => RunConfig.Read(ConfigFile);

    /// <summary>Writes the manifest: at the start and from time to time with the exit "running", and again at the end.</summary>
    public void WriteManifest(RunManifest manifest) => AtomicFile.Write(ManifestFile, manifest.ToJson());

    /// <exception cref="RunException">There is no manifest, or not one that can be read.</exception>
    public RunManifest ReadManifest()
    {
        try
        {
            // A run that goes on must be able to put the next one in its place meanwhile.
            using var file = File.OpenHandle(ManifestFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var json = new byte[RandomAccess.GetLength(file)];
            return RunManifest.FromJson(json.AsSpan(0, RandomAccess.Read(file, json, 0)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Text.Json.JsonException)
        {
            throw new RunException(
                $"{ManifestFile} can't be read: {e.Message} Give a run directory written by this version of GradTorch.", e);
        }
    }

    private static RunException NoFolder(string path) => new($"{path} is not a folder. Give a run directory, or a folder with runs below it.");

    private static RunException NoRun(string path) => new($"{path} has no run in it. Give a run directory, or a folder with runs below it.");

    /// <summary>The manifest, and what became of the run. One that ends between the two looks, at the manifest and at its process, would
    /// seem to have died: then its manifest is read again.</summary>
    /// <exception cref="RunException">There is no manifest, or not one that can be read.</exception>
    public (RunManifest Manifest, RunStatus Status) ReadStatus(DateTimeOffset now)
    {
        var manifest = ReadManifest();
        var status = RunStatuses.Of(manifest, now);
        if (status != RunStatus.Died) return (manifest, status);
        manifest = ReadManifest();
        return (manifest, RunStatuses.Of(manifest, now));
    }

    private static bool IsPending(string folder) => System.IO.Path.GetFileName(folder).StartsWith(Pending, StringComparison.Ordinal);

    /// <summary>Gives this folder another's name, unless there is one of that name: the system never puts a folder in the place of one with a
    /// file in it.</summary>
    private bool MoveTo(RunDirectory run)
    {
        try
        {
            Directory.Move(Path, run.Path);
            return true;
        }
        catch (IOException) when (System.IO.Path.Exists(run.Path))
        {
            return false;
        }
    }
}
