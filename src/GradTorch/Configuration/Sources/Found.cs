using System.Text;

namespace GradTorch.Configuration.Sources;

/// <summary>A value as it stands in its source.</summary>
/// <param name="Kind">Its type, where the source has types.</param>
/// <param name="Text">Its text, without JSON's quotes; empty for lists and sections, but for those in a list.</param>
/// <param name="Items">What a list holds; null for anything else.</param>
internal readonly record struct Found(FoundKind Kind, string Text, IReadOnlyList<Found>? Items = null)
{
    private const int Shown = 60;

    /// <summary>For messages, always one line.</summary>
    public override string ToString() => Kind switch
    {
        FoundKind.Section => "a section",
        FoundKind.List => "a list",
        FoundKind.Text => $"the text {Quote(Text)}",
        FoundKind.Word => Quote(Text),
        _ => Shorten(Text),
    };

    public static string Quote(string text) => $"'{OneLine(text)}'";

    /// <summary>The text cut at 60 characters, control characters escaped.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder();
        foreach (char c in Shorten(text))
        {
            line.Append(char.IsControl(c) ? $"\\u{(int)c:x4}" : c);
        }

        return line.ToString();
    }

    private static string Shorten(string text) => text.Length <= Shown ? text : text[..Shown] + "…";
}
