using GradTorch.Analysis.Maps;
using GradTorch.Reports;
using Spectre.Console;

namespace GradTorch.Cli.Map;

/// <summary>How a cell of a picture looks.</summary>
/// <param name="Letter">Where there is no colour.</param>
/// <param name="Crossed">The letter of a cell of this kind that the critical line passes through.</param>
internal sealed record MapMark(char Letter, char Crossed, Color Colour)
{
    /// <summary>A cell that is not computed yet.</summary>
    public static MapMark Nothing { get; } = new(' ', ' ', Color.Default);

    private static readonly Dictionary<MapFate, MapMark> Marks = new()
    {
        [MapFate.Vanishing] = Of(MapFate.Vanishing, '.', ':'),
        [MapFate.Healthy] = Of(MapFate.Healthy, 'o', 'O'),
        [MapFate.Exploding] = Of(MapFate.Exploding, '#', '@'),
        [MapFate.Diverged] = Of(MapFate.Diverged, 'x', 'X'),
        [MapFate.Undecided] = Of(MapFate.Undecided, '-', '='),
    };

    public static MapMark Of(MapFate fate) => Marks[fate];

    /// <summary>The same with the critical line over it: darker, so that its fate can be seen still.</summary>
    public MapMark OnLine => this with { Letter = Crossed, Colour = new Color((byte)(Colour.R / 2), (byte)(Colour.G / 2), (byte)(Colour.B / 2)) };

    private static MapMark Of(MapFate fate, char letter, char crossed) => new(letter, crossed, Color.FromHex(Palette.Of(fate)));
}
