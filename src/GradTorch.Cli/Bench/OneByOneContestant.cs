namespace GradTorch.Cli.Bench;

/// <summary>Several, one after the other: each of them does all steps.</summary>
internal sealed class OneByOneContestant(IReadOnlyList<Contestant> contestants) : Contestant
{
    public override double Run(int steps) => contestants.Sum(contestant => contestant.Run(steps));

    public override void Dispose()
    {
        foreach (var contestant in contestants) contestant.Dispose();
    }
}
