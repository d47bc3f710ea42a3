using GradTorch.Analysis;

namespace GradTorch.Cli.Bench;

/// <summary>What a benchmark showed.</summary>
/// <param name="Ratio">Median over the rounds of our time by theirs of the same round.</param>
/// <param name="Least">Of these ratios.</param>
/// <param name="Most">Of these ratios.</param>
/// <param name="OursMs">Median of a step, in milliseconds.</param>
/// <param name="TheirsMs">Median of a step, in milliseconds.</param>
/// <param name="Steps">In each turn.</param>
/// <param name="RowsPerSecond">That ours wrote, by its median; null where it is not records that are measured.</param>
/// <param name="BytesPerValue">Of these rows on disk.</param>
internal sealed record BenchmarkResult(
    string Name, string Work, string Against, double Ratio, double Least, double Most, double OursMs, double TheirsMs, int Rounds, int Steps,
    double? RowsPerSecond = null, double? BytesPerValue = null)
{
    /// <param name="turns">Milliseconds of a step in each round.</param>
    public static BenchmarkResult Of(Benchmark benchmark, int steps, IReadOnlyList<(double Ours, double Theirs)> turns, RecordSize? size = null)
    {
        double[] ratios = [.. turns.Select(turn => turn.Ours / turn.Theirs)];
        var oursMs = Median.Of(turns.Select(turn => turn.Ours));
        return new BenchmarkResult(
            benchmark.Name, benchmark.Work, benchmark.Against, Median.Of(ratios), ratios.Min(), ratios.Max(),
            oursMs, Median.Of(turns.Select(turn => turn.Theirs)), turns.Count, steps, size?.Rows / oursMs * 1e3, size?.BytesPerValue);
    }
}
