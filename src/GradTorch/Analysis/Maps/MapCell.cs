using GradTorch.Analysis.Verdicts;

namespace GradTorch.Analysis.Maps;

/// <summary>The networks of one cell, which differ in their seeds.</summary>
public sealed record MapCell(int X, int Y, IReadOnlyList<MapPoint> Seeds)
{
    /// <summary>That of most seeds. Of two that as many have, the one that is not healthy; vanishing before exploding.</summary>
    public GradientFate Fate => Seeds.GroupBy(point => point.Fate).OrderByDescending(fate => fate.Count())
        .ThenBy(fate => fate.Key == GradientFate.Healthy).ThenBy(fate => fate.Key).First().Key;

    /// <summary>The median over the seeds.</summary>
    public double LogRatio => Median.Of(Seeds.Select(point => point.LogRatio));
}
