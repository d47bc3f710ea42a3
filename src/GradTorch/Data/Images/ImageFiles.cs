namespace GradTorch.Data;

/// <summary>The four IDX files of a set of images in one folder, each gzipped or not.</summary>
public sealed record ImageFiles(
    string Folder, string TrainImages, string TrainLabels, string TestImages, string TestLabels)
{
    /// <summary>The publisher's names, without .gz: training images and labels, test images and labels.</summary>
    internal static readonly string[] Names =
    [
        "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte",
    ];

    private const string SystemOrigin = "the system's data sets";

    private static readonly string NamesForUsers = string.Join(", ", Names.Select(name => name + "[.gz]"));

    /// <summary>
    /// Finds the files in <paramref name="path"/> if given, and nowhere else; otherwise in the first of
    /// <paramref name="locations"/> that has any of them, downloading to the cache what no place has.
    /// </summary>
    /// <exception cref="DataException">
    /// <paramref name="path"/>, or the first place that has any of the files, lacks some; or the download failed.
    /// </exception>
    public static ImageFiles Find(
        PublishedImages set, string? path, DataLocations locations, ImageDownload download, CancellationToken cancellation = default)
    {
        if (path is not null)
        {
            return In(set, path, "data:path") ?? throw new DataException(
                $"{path} (data:path) holds none of the files of {set.Title}. It must be a folder with {NamesForUsers}. "
                + "Correct data:path, or leave it out to have the files looked for and, if need be, downloaded.");
        }

        return InDataFolder(set, locations.DataFolder)
            ?? In(set, locations.SystemFolder, SystemOrigin)
            ?? InCache(set, locations.CacheFolder, download, cancellation);
    }

    /// <summary>Something of each file, by name.</summary>
    internal static Dictionary<string, string> Named(params ReadOnlySpan<string> values)
    {
        var named = new Dictionary<string, string>();
        for (var i = 0; i < Names.Length; i++) named.Add(Names[i], values[i]);
        return named;
    }

    /// <summary>The files where they are without any download; null if a download would be needed.</summary>
    /// <exception cref="DataException">The first place that has any of the files lacks some.</exception>
    public static ImageFiles? Existing(PublishedImages set, DataLocations locations)
    {
        if ((InDataFolder(set, locations.DataFolder) ?? In(set, locations.SystemFolder, SystemOrigin)) is { } files) return files;
        // A cache with some of the files is a download that was broken off; it is taken up again when it is needed.
        return Names.All(name => FileNamed(locations.CacheFolder, name) is not null)
            ? In(set, locations.CacheFolder, "the cache")
            : null;
    }

    private static ImageFiles? InDataFolder(PublishedImages set, string? folder)
    {
        if (folder is null)
        {
            return null;
        }

        // A misspelt folder would otherwise pass unnoticed; an existing one without the files may hold other data sets.
        if (!Directory.Exists(folder))
        {
            throw new DataException(
                $"{folder} (GRADTORCH_DATA) is not a folder. Set GRADTORCH_DATA to the folder that holds {NamesForUsers}, "
                + $"or to one with a sub-folder {set.Name} that does, or unset it.");
        }

        return In(set, Path.Combine(folder, set.Name), "GRADTORCH_DATA")
            ?? (set.InDataFolder ? In(set, folder, "GRADTORCH_DATA") : null);
    }

    private static ImageFiles InCache(PublishedImages set, string folder, ImageDownload download, CancellationToken cancellation)
    {
        // What a broken download left complete is kept; only what is missing is fetched.
        foreach (var name in Names.Where(name => FileNamed(folder, name) is null))
        {
            download.Fetch(name, folder, cancellation);
        }

        return In(set, folder, "the cache")!;
    }

    /// <summary>The files in a folder; null if it has none of them, an error if it has only some.</summary>
    private static ImageFiles? In(PublishedImages set, string folder, string origin)
    {
        var found = Array.ConvertAll(Names, name => FileNamed(folder, name));
        if (Array.TrueForAll(found, file => file is null))
        {
            return null;
        }

        var missing = Names.Where((_, i) => found[i] is null).ToList();
        if (missing.Count > 0)
        {
            throw new DataException(
                $"{folder} ({origin}) holds some files of {set.Title} but lacks {string.Join(", ", missing)}. "
                + $"All four are needed, each with or without .gz: {NamesForUsers}. Add what is missing.");
        }

        return new ImageFiles(folder, found[0]!, found[1]!, found[2]!, found[3]!);
    }

    private static string? FileNamed(string folder, string name)
    {
        string[] candidates = [Path.Combine(folder, name), Path.Combine(folder, name + ".gz")];
        return Array.Find(candidates, File.Exists);
    }
}
