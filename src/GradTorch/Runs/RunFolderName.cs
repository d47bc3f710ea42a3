using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GradTorch.Runs;

/// <summary>Names of experiments and variants as folder names that every file system and shell takes.</summary>
internal static class RunFolderName
{
    private const int Longest = 100;

    private static readonly string[] ReservedByWindows =
    [
        "con", "prn", "aux", "nul",
        .. Enumerable.Range(1, 9).SelectMany(i => new[] { $"com{i}", $"lpt{i}" }),
    ];

    /// <summary>
    /// Letters, digits and <c>. _ + = -</c> stay; each run of anything else becomes one hyphen, so that
    /// <c>relu, sigmoid as derivative</c> is <c>relu-sigmoid-as-derivative</c>. Dots and hyphens at the ends go.
    /// A name of digits alone, which would pass for the number of a run, and names that Windows reserves get a leading
    /// underscore. Names over 100 characters end in a hash of the whole name instead of their rest.
    /// </summary>
    /// <exception cref="RunException">Nothing is left.</exception>
    public static string Of(string name)
    {
        var folder = new StringBuilder(name.Length);
        foreach (var c in name.Normalize())
        {
            if (char.IsLetterOrDigit(c) || c is '.' or '_' or '+' or '=' or '-')
            {
                folder.Append(c);
            }
            else if (folder.Length > 0 && folder[^1] != '-')
            {
                folder.Append('-');
            }
        }

        var safe = folder.ToString().Trim('-', '.');
        if (safe.Length == 0)
        {
            throw new RunException(
                $"\"{name}\" can't name a folder: it has no letter, digit or one of _ + =. Give a name that has.");
        }

        if (safe.Length > Longest)
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..8];
            safe = $"{safe[..(Longest - 9)]}-{hash}";
        }

        return IsReserved(safe) ? "_" + safe : safe;
    }

    /// <summary>The folder of the n-th run: 001, 002 … 999, 1000.</summary>
    public static string OfRun(int number) => number.ToString("000", CultureInfo.InvariantCulture);

    /// <summary>The number of a run's folder, or 0 if the name is not one.</summary>
    public static int RunNumber(string folder) =>
        int.TryParse(folder, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static bool IsReserved(string name) =>
        name.All(char.IsDigit)
        || ReservedByWindows.Contains(name.Split('.')[0], StringComparer.OrdinalIgnoreCase);
}
