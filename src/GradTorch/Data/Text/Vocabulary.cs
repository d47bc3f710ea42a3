using System.Text;

namespace GradTorch.Data;

/// <summary>A text as numbers: the different characters in code point order, and which of them each character is.</summary>
public sealed record Vocabulary(IReadOnlyList<Rune> Characters, int[] Ids)
{
    /// <param name="text">Without unpaired surrogates.</param>
    public static Vocabulary Of(string text)
    {
        Rune[] runes = [.. text.EnumerateRunes()];
        Rune[] characters = [.. runes.Distinct().Order()];
        var ids = characters.Select((rune, id) => (rune, id)).ToDictionary(pair => pair.rune, pair => pair.id);
        return new Vocabulary(characters, [.. runes.Select(rune => ids[rune])]);
    }
}
