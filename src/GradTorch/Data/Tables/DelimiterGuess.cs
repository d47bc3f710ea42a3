using System.Text.RegularExpressions;

namespace GradTorch.Data;

/// <summary>What a table seems to be separated by.</summary>
internal static partial class DelimiterGuess
{
    private const int Looked = 20;

    private static readonly char?[] Common = [';', '\t', '|', ','];

    /// <summary>A character that stands equally often in every one of the first lines, where the given one does not; null where
    /// there is none.</summary>
    public static char? Other(string text, char given)
    {
        string[] lines = [.. Quoted().Replace(text, "").Split('\n').Where(line => line.Trim().Length > 0).Take(Looked)];
        return Separates(given) ? null : Common.FirstOrDefault(other => Separates(other!.Value));

        bool Separates(char character) =>
            lines.Length > 0 && lines.Select(line => line.Count(found => found == character)).Distinct().ToList() is [> 0];
    }

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quoted();
}
