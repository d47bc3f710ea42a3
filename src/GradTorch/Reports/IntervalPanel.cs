using GradTorch.Analysis.Statistics;

namespace GradTorch.Reports;

/// <summary>A mean with its interval in each row, and what it is the mean of.</summary>
public sealed record IntervalPanel(string Title, Axis X, Axis Y, IReadOnlyList<IntervalRow> Rows) : Panel(Title, X, Y)
{
    public override IReadOnlyList<string> Series => [.. Rows.Select(row => row.Name)];
}

/// <param name="Note">What the numbers do not show, as in 1 of 4 diverged; empty for nothing.</param>
/// <param name="Values">One of each member.</param>
public sealed record IntervalRow(string Name, string Note, MeanInterval Mean, IReadOnlyList<double> Values);
