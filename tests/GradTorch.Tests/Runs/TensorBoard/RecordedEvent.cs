namespace GradTorch.Tests.Runs.TensorBoard;

/// <summary>An event as it was read.</summary>
/// <param name="Version">Of the file, in its first event.</param>
/// <param name="IsStart">Of a session, from <paramref name="Step"/>.</param>
internal sealed record RecordedEvent(
    double WallTime, long Step, string? Version, bool IsStart, IReadOnlyList<KeyValuePair<string, float>> Scalars,
    IReadOnlyList<KeyValuePair<string, RecordedHistogram>> Histograms);

/// <summary>A histogram as it was read.</summary>
internal sealed record RecordedHistogram(double Min, double Max, double Num, double Sum, double SumSquares, double[] Limits, double[] Counts);
