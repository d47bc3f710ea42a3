using GradTorch.Analysis.Verdicts;
using Spectre.Console;

namespace GradTorch.Cli.Map;

/// <summary>How a cell of a picture looks.</summary>
/// <param name="Letter">Where there is no colour.</param>
/// <param name="Colour">Of Okabe and Ito's palette, which colour-blind people tell apart, also by their lightness.</param>
internal sealed record MapMark(char Letter, Color Colour)
{
    /// <summary>A cell that is not computed yet.</summary>
    public static MapMark Nothing { get; } = new(' ', Color.Default);

    private static readonly MapMark Vanishing = new('.', new Color(0, 114, 178)),
        Healthy = new('o', new Color(240, 228, 66)), Exploding = new('#', new Color(213, 94, 0));

    public static MapMark Of(GradientFate fate) => fate switch
    {
        GradientFate.Vanishing => Vanishing,
        GradientFate.Healthy => Healthy,
        _ => Exploding,
    };
}
