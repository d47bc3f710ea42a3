namespace GradTorch.Studies.Maps;

/// <summary>One of the two numbers that a map goes over.</summary>
/// <param name="Key">A key that members can have values of their own for, as in <c>model:init:weightVariance</c>.</param>
/// <param name="From">The first value; above 0 on a logarithmic axis.</param>
/// <param name="To">The last one, larger than the first.</param>
/// <param name="Count">Of values, 2 or more.</param>
/// <param name="IsLogarithmic">Whether neighbours have the same ratio, instead of the same difference.</param>
public sealed record MapAxis(string Key, double From, double To, int Count, bool IsLogarithmic)
{
    /// <summary>In ascending order; both ends are exactly as given.</summary>
    public IReadOnlyList<double> Values { get; } =
        [.. Enumerable.Range(0, Count).Select(index => index == Count - 1 ? To : Between(From, To, (double)index / (Count - 1), IsLogarithmic))];

    /// <param name="share">Of the way, 0 at From and 1 at To.</param>
    public double At(double share) => Between(From, To, share, IsLogarithmic);

    /// <summary>The inverse of <see cref="At"/>.</summary>
    public double ShareOf(double value) => IsLogarithmic ? Math.Log(value / From) / Math.Log(To / From) : (value - From) / (To - From);

    private static double Between(double from, double to, double share, bool isLogarithmic) =>
        share == 0 ? from : isLogarithmic ? from * Math.Pow(to / from, share) : from + (to - from) * share;
}
