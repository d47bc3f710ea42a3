using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace GradTorch.Configuration;

/// <summary>Names for the variants that a grid makes, of what they differ in: <c>skip, depth 5, tanh</c>.</summary>
/// <remarks>A number goes with the last part of its key, a name alone where it is not one of another key as well. A name that a folder
/// can't tell from another, or that is too long, ends in its number.</remarks>
internal static partial class GridNames
{
    private const int LongestText = 30;

    private const int LongestName = 100;

    /// <param name="variants">The names that the cells are crossed with; null for the experiment itself.</param>
    /// <param name="keys">Of the grid; the values of the last one go fastest, the variants slowest.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<string?> variants, IReadOnlyList<GridKey> keys)
    {
        var names = Of(variants, keys, alone: true);
        if (names.DistinctBy(Folder).Count() < names.Count) names = Of(variants, keys, alone: false);
        var folders = names.CountBy(Folder).ToDictionary();
        return
        [
            .. names.Select((name, index) => name.Length <= LongestName && folders[Folder(name)] == 1
                ? name
                : FormattableString.Invariant($"{name[..Math.Min(name.Length, LongestName - 10)]} #{index + 1}")),
        ];
    }

    /// <param name="alone">Whether names may stand without their key.</param>
    private static List<string> Of(IReadOnlyList<string?> variants, IReadOnlyList<GridKey> keys, bool alone)
    {
        (GridKey Key, string[] Texts)[] told = [.. keys.Select(key => (key, Texts(key)))];
        // What all of them have tells nothing apart.
        var differing = told.Where(key => key.Texts.Length > 1).ToList();
        if (differing.Count == 0 && variants is [null]) differing = [.. told];
        IEnumerable<string[]> parts = variants.Select(variant => variant is null ? Array.Empty<string>() : [variant]);
        foreach (var (key, texts) in differing)
        {
            var others = told.Where(other => other.Key != key).SelectMany(other => other.Texts);
            var bare = alone && IsNamed(key) && !texts.Intersect(others, StringComparer.OrdinalIgnoreCase).Any();
            var label = bare ? "" : Label(key, keys) + " ";
            parts = [.. parts.SelectMany(_ => texts, (begun, text) => (string[])[.. begun, label + text])];
        }
        return [.. parts.Select(part => string.Join(", ", part))];
    }

    /// <summary>The values, or where these can't be told apart in a folder's name, their numbers.</summary>
    private static string[] Texts(GridKey key) => AreTold(key)
        ? [.. key.Values.Select(value => Spoken(value.Text))]
        : [.. Enumerable.Range(1, key.Values.Count).Select(number => FormattableString.Invariant($"{number}"))];

    private static bool AreTold(GridKey key) =>
        key.Values.All(value => value.Text.Length <= LongestText && value.Text.Any(char.IsLetterOrDigit))
        && key.Values.DistinctBy(value => Folder($"{key.Path} {Spoken(value.Text)}")).Count() == key.Values.Count;

    private static bool IsNamed(GridKey key) => AreTold(key) && key.Values.All(value => value.Value is string or Enum);

    /// <summary>The shortest end of the key's path that no other key of the grid has.</summary>
    private static string Label(GridKey key, IReadOnlyList<GridKey> keys)
    {
        string End(GridKey of, int parts) => string.Join(' ', of.Path.Split(ConfigurationPath.KeyDelimiter).TakeLast(parts));
        return Enumerable.Range(1, key.Path.Length).Select(parts => End(key, parts))
            .First(end => keys.All(other => other == key || End(other, end.Count(' '.Equals) + 1) != end));
    }

    /// <summary>What no name of a variant may have is left out.</summary>
    private static string Spoken(string text) => Unspoken().Replace(text, " ").Trim();

    /// <summary>What folders keep of a name, in which they have to differ.</summary>
    private static string Folder(string name) => NotInFolder().Replace(name, "-").Trim('-', '.').ToLowerInvariant();

    [GeneratedRegex(@"[:\p{C}]+")]
    private static partial Regex Unspoken();

    [GeneratedRegex(@"[^\p{L}\p{Nd}._+=-]+")]
    private static partial Regex NotInFolder();
}
