using Spectre.Console;

namespace GradTorch.Cli.Map;

/// <summary>Cells as coloured half blocks, two rows in a line, or as letters. It knows marks only, so that a line over the cells is a
/// matter of other marks.</summary>
internal static class BlockPicture
{
    /// <param name="rows">From the top, all of one length.</param>
    /// <returns>A paragraph for each line.</returns>
    public static IReadOnlyList<Paragraph> Lines(IReadOnlyList<IReadOnlyList<MapMark>> rows, bool inColour) => inColour
        ? [.. rows.Chunk(2).Select(pair => HalfBlocks(pair[0], pair is [_, var below] ? below : null))]
        : [.. rows.Select(row => new Paragraph(string.Concat(row.Select(mark => mark.Letter))))];

    private static Paragraph HalfBlocks(IReadOnlyList<MapMark> above, IReadOnlyList<MapMark>? below)
    {
        var line = new Paragraph();
        for (var column = 0; column < above.Count; column++)
        {
            var (upper, lower) = (above[column], below?[column] ?? MapMark.Nothing);
            if (upper != MapMark.Nothing) line.Append("▀", new Style(upper.Colour, lower.Colour));
            else if (lower != MapMark.Nothing) line.Append("▄", new Style(lower.Colour));
            else line.Append(" ");
        }
        return line;
    }
}
