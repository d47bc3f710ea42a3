namespace GradTorch.Data;

/// <summary>The places where Fashion-MNIST is looked for when no path is given.</summary>
/// <param name="DataFolder">
/// The environment's GRADTORCH_DATA: the files' folder, or a folder of data sets with a sub-folder fashion-mnist; null
/// if not set.
/// </param>
/// <param name="SystemFolder">Where Debian's package dataset-fashion-mnist puts the files.</param>
/// <param name="CacheFolder">Where a download is kept.</param>
public sealed record FashionMnistLocations(string? DataFolder, string SystemFolder, string CacheFolder)
{
    /// <summary>The name of the sub-folder of a folder of data sets.</summary>
    internal const string SubFolder = "fashion-mnist";

    /// <summary>The places of this machine and user.</summary>
    public static FashionMnistLocations OfThisMachine() =>
        From(Environment.GetEnvironmentVariable, Environment.GetFolderPath, OperatingSystem.IsWindows());

    internal static FashionMnistLocations From(
        Func<string, string?> environment, Func<Environment.SpecialFolder, string> folder, bool windows)
    {
        var data = environment("GRADTORCH_DATA");
        return new FashionMnistLocations(
            string.IsNullOrWhiteSpace(data) ? null : data,
            "/usr/share/datasets/fashion-mnist",
            Path.Combine(Cache(environment, folder, windows), "gradtorch", SubFolder));
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
