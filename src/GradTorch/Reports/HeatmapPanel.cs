namespace GradTorch.Reports;

/// <summary>A number of each place at each record, as a colour by its power of ten. Zeros and what is not finite have colours of their
/// own.</summary>
/// <param name="Values">Of the colours.</param>
public sealed record HeatmapPanel(string Title, Axis X, Axis Y, Axis Values, IReadOnlyList<HeatmapColumn> Columns) : Panel(Title, X, Y)
{
    public override IReadOnlyList<string> Series => [Values.Label];
}

/// <summary>A record.</summary>
/// <param name="Values">Of each place, from the first on: medians over the members.</param>
public sealed record HeatmapColumn(long Step, IReadOnlyList<double> Values);
