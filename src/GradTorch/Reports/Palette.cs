using GradTorch.Analysis.Maps;

namespace GradTorch.Reports;

/// <summary>Colours that the colour-blind tell apart: those of Okabe and Ito (2008), without the yellow, which white paper swallows.
/// </summary>
public static class Palette
{
    private static readonly string[] Colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"];

    /// <summary>Of cells of a map, which are told apart by their lightness, too: here the yellow stands on no paper.</summary>
    public static string Of(MapFate fate) => fate switch
    {
        MapFate.Vanishing => Colours[0],
        MapFate.Healthy => "#F0E442",
        MapFate.Exploding => Colours[1],
        MapFate.Diverged => "#5A1E46",
        _ => "#999999",
    };

    /// <summary>How many there are.</summary>
    public static int Count => Colours.Length;

    /// <summary>As in <c>#0072B2</c>.</summary>
    /// <param name="index">From 0; after the last comes the first again.</param>
    public static string At(int index) => Colours[index % Colours.Length];
}
