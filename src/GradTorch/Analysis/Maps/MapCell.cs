using GradTorch.Analysis.Verdicts;

namespace GradTorch.Analysis.Maps;

/// <summary>The networks of one cell, which differ in their seeds.</summary>
public sealed record MapCell(int X, int Y, IReadOnlyList<MapPoint> Seeds)
{
    /// <summary>That of most seeds; one that diverged explodes.</summary>
    public MapFate Fate
    {
        get
        {
            var fates = Seeds.CountBy(point => point.Fate).OrderByDescending(fate => fate.Value).ToList();
            if (fates is [var most, var next, ..] && most.Value == next.Value) return MapFate.Undecided;
            return fates[0].Key switch
            {
                GradientFate.Vanishing => MapFate.Vanishing,
                GradientFate.Healthy => MapFate.Healthy,
                _ => 2 * Diverged > fates[0].Value ? MapFate.Diverged : MapFate.Exploding,
            };
        }
    }

    /// <summary>How many diverged.</summary>
    public int Diverged => Seeds.Count(point => point.DivergedStep is not null);

    /// <summary>The median over the seeds; NaN where one diverged.</summary>
    public double LogRatio => Median.Of(Seeds.Select(point => point.LogRatio));
}
