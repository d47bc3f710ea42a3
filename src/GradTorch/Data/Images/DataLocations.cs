namespace GradTorch.Data;

/// <summary>The places where a data set is looked for when no path is given.</summary>
/// <param name="DataFolder">
/// The environment's GRADTORCH_DATA: the files' folder, or a folder of data sets with a sub-folder of its name; null
/// if not set.
/// </param>
/// <param name="SystemFolder">Where a package of the distribution puts the files.</param>
/// <param name="CacheFolder">Where a download is kept.</param>
public sealed record DataLocations(string? DataFolder, string SystemFolder, string CacheFolder)
{
    /// <summary>The places of this machine and user.</summary>
    /// <param name="set">Name of the data set.</param>
    public static DataLocations OfThisMachine(string set) =>
        From(set, Environment.GetEnvironmentVariable, Environment.GetFolderPath, OperatingSystem.IsWindows());

    internal static DataLocations From(
        string set, Func<string, string?> environment, Func<Environment.SpecialFolder, string> folder, bool windows)
    {
        var data = environment("GRADTORCH_DATA");
        return new DataLocations(
            string.IsNullOrWhiteSpace(data) ? null : data,
            "/usr/share/datasets/" + set,
            Path.Combine(Cache(environment, folder, windows), "gradtorch", set));
    }

    private static string Cache(
        Func<string, string?> environment, Func<Environment.SpecialFolder, string> folder, bool windows)
    {
        if (windows)
        {
            return folder(Environment.SpecialFolder.LocalApplicationData);
        }

        // The XDG base directory specification: a relative path is invalid and must be ignored.
        var cache = environment("XDG_CACHE_HOME");
        return Path.IsPathFullyQualified(cache ?? "")
            ? cache!
            : Path.Combine(folder(Environment.SpecialFolder.UserProfile), ".cache");
    }
}
