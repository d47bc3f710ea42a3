namespace GradTorch.Cli.Output;

/// <summary>A number of several members.</summary>
internal readonly record struct Spread(double Median, double Min, double Max, int Count)
{
    public static Spread Of(IEnumerable<double> values)
    {
        var all = values.ToList();
        return all.Count == 0
            ? new Spread(double.NaN, double.NaN, double.NaN, 0)
            : new Spread(Analysis.Median.Of(all), all.Min(), all.Max(), all.Count);
    }

    /// <summary>The median, and the range where there is more than one member: 0.45 [0.41..0.52]. A dash for no member.
    /// </summary>
    public string ToText(Func<double, string> format) => Count switch
    {
        0 => "–",
        1 => format(Median),
        _ => $"{format(Median)} [{format(Min)}..{format(Max)}]",
    };
}
