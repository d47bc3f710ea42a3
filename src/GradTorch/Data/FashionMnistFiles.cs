namespace GradTorch.Data;

/// <summary>The four files of Fashion-MNIST in one folder, each gzipped or not.</summary>
public sealed record FashionMnistFiles(
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
    public static FashionMnistFiles Find(
        string? path, FashionMnistLocations locations, FashionMnistDownload download, CancellationToken cancellation = default)
    {
        if (path is not null)
        {
            return In(path, "data:path") ?? throw new DataException(
                $"{path} (data:path) holds none of the files of Fashion-MNIST. It must be a folder with {NamesForUsers}. "
                + "Correct data:path, or leave it out to have the files looked for and, if need be, downloaded.");
        }

        return InDataFolder(locations.DataFolder)
            ?? In(locations.SystemFolder, SystemOrigin)
            ?? InCache(locations.CacheFolder, download, cancellation);
    }

    /// <summary>The files where they are without any download; null if a download would be needed.</summary>
    /// <exception cref="DataException">The first place that has any of the files lacks some.</exception>
    public static FashionMnistFiles? Existing(FashionMnistLocations locations)
    {
        if ((InDataFolder(locations.DataFolder) ?? In(locations.SystemFolder, SystemOrigin)) is { } files) return files;
        // A cache with some of the files is a download that was broken off; it is taken up again when it is needed.
        return Names.All(name => FileNamed(locations.CacheFolder, name) is not null)
            ? In(locations.CacheFolder, "the cache")
            : null;
    }

    private static FashionMnistFiles? InDataFolder(string? folder)
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
                + $"or to one with a sub-folder {FashionMnistLocations.SubFolder} that does, or unset it.");
        }

        return In(folder, "GRADTORCH_DATA")
            ?? In(Path.Combine(folder, FashionMnistLocations.SubFolder), "GRADTORCH_DATA");
    }

    private static FashionMnistFiles InCache(string folder, FashionMnistDownload download, CancellationToken cancellation)
    {
        // What a broken download left complete is kept; only what is missing is fetched.
        foreach (var name in Names.Where(name => FileNamed(folder, name) is null))
        {
            download.Fetch(name, folder, cancellation);
        }

        return In(folder, "the cache")!;
    }

    /// <summary>The files in a folder; null if it has none of them, an error if it has only some.</summary>
    private static FashionMnistFiles? In(string folder, string origin)
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
                $"{folder} ({origin}) holds some files of Fashion-MNIST but lacks {string.Join(", ", missing)}. "
                + $"All four are needed, each with or without .gz: {NamesForUsers}. Add what is missing.");
        }

        return new FashionMnistFiles(folder, found[0]!, found[1]!, found[2]!, found[3]!);
    }

    private static string? FileNamed(string folder, string name)
    {
        string[] candidates = [Path.Combine(folder, name), Path.Combine(folder, name + ".gz")];
        return Array.Find(candidates, File.Exists);
    }
}
