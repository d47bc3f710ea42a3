namespace GradTorch.Cli.Bench;

/// <summary>Two that do the same work.</summary>
/// <param name="Name">As it is asked for.</param>
/// <param name="Work">What ours does.</param>
/// <param name="Against">What does it for comparison.</param>
/// <param name="NeedsPyTorch">Whether the other is PyTorch.</param>
internal sealed record Benchmark(
    string Name, string Work, string Against, bool NeedsPyTorch, Func<Contestant> Ours, Func<Contestant> Theirs)
{
    /// <summary>Of each turn; null for as many as make it long enough.</summary>
    public int? Steps { get; init; }

    /// <summary>Long enough that starting and ending do not count.</summary>
    private const double SecondsOfTurn = 0.5;

    /// <summary>Both in turn, A B A B …, so that a machine whose speed drifts slows them alike.</summary>
    public BenchmarkResult Run(int rounds, CancellationToken cancellation)
    {
        using var theirs = Theirs();
        using var ours = Ours();
        theirs.Run(2);
        ours.Run(2);
        var steps = Steps ?? Math.Max(2, (int)Math.Round(SecondsOfTurn / Math.Max(theirs.Run(2), ours.Run(2)) * 2));
        theirs.Run(steps);
        ours.Run(steps);
        var turns = new List<(double Ours, double Theirs)>();
        for (var round = 0; round < rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (first, second) = (theirs.Run(steps), ours.Run(steps));
            turns.Add((second / steps * 1e3, first / steps * 1e3));
        }
        return BenchmarkResult.Of(this, steps, turns, ours.Size);
    }
}
