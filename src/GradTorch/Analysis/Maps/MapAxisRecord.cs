namespace GradTorch.Analysis.Maps;

/// <summary>A number that a map goes over, as its folder holds it.</summary>
/// <param name="Key">As in <c>model:init:weightVariance</c>.</param>
/// <param name="Logarithmic">Whether neighbours have the same ratio, instead of the same difference.</param>
/// <param name="Values">Rising.</param>
public sealed record MapAxisRecord(string Key, bool Logarithmic, IReadOnlyList<double> Values)
{
    /// <summary>Where a value stands among the others: 0 at the first, 1 at the second, and between them by the scale.</summary>
    public double Place(double value)
    {
        var (first, last) = (Values[0], Values[^1]);
        var share = Logarithmic ? Math.Log(value / first) / Math.Log(last / first) : (value - first) / (last - first);
        return share * (Values.Count - 1);
    }
}
