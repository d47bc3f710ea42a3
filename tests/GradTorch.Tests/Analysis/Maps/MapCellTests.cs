using GradTorch.Analysis.Maps;
using GradTorch.Analysis.Verdicts;

namespace GradTorch.Tests.Analysis.Maps;

public sealed class MapCellTests
{
    /// <summary>v, h, e for fates of seeds, d for one that diverged.</summary>
    [Theory]
    [InlineData("v", MapFate.Vanishing)]
    [InlineData("vvh", MapFate.Vanishing)]
    [InlineData("hhve", MapFate.Healthy)]
    [InlineData("vh", MapFate.Undecided)]
    [InlineData("vvhhe", MapFate.Undecided)]
    [InlineData("ede", MapFate.Exploding)]
    [InlineData("edhd", MapFate.Diverged)]
    [InlineData("ed", MapFate.Exploding)]
    [InlineData("dhh", MapFate.Healthy)]
    [InlineData("dhhe", MapFate.Undecided)]
    [InlineData("dd", MapFate.Diverged)]
    public void It_has_the_fate_of_most_of_its_seeds(string seeds, MapFate fate)
    {
        var cell = new MapCell(0, 0, [.. seeds.Select((letter, seed) => letter == 'd'
            ? MapPoint.Diverging(0, 0, seed, step: 3)
            : new MapPoint(0, 0, seed, letter switch { 'v' => GradientFate.Vanishing, 'h' => GradientFate.Healthy, _ => GradientFate.Exploding }, seed, 0.5))]);
        Assert.Equal(fate, cell.Fate);
        Assert.Equal(seeds.Count(letter => letter == 'd'), cell.Diverged);
        Assert.Equal(seeds.Contains('d'), double.IsNaN(cell.LogRatio));
    }
}
