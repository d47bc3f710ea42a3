using GradTorch.Runs;

namespace GradTorch.Exports;

/// <summary>Where exported files go.</summary>
internal static class ExportFolder
{
    /// <exception cref="RunException">It can't be made.</exception>
    public static void Make(string folder) => Change(folder, path => Directory.CreateDirectory(path));

    /// <summary>Writes or removes something there.</summary>
    /// <exception cref="RunException">It is not allowed, or the disk is full.</exception>
    public static void Change(string path, Action<string> change)
    {
        try
        {
            change(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunException($"{path} can't be written: {e.Message} Give a folder that you may write to (--out).", e);
        }
    }
}
