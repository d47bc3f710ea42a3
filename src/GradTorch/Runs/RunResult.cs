namespace GradTorch.Runs;

/// <summary>What came of a run, in a line.</summary>
/// <param name="Diverged">Members that did.</param>
/// <param name="TestLoss">The median over the members that did not, of their last evaluations on the test split; null where there is none.
/// </param>
/// <param name="TestAccuracy">The same of the accuracy, 0 to 1; null also where there is no right and wrong.</param>
/// <param name="Verdicts">How many members have which verdict at their last record; empty if no gradients were recorded.</param>
public sealed record RunResult(
    int Members, int Diverged, double? TestLoss, double? TestAccuracy, IReadOnlyDictionary<string, int> Verdicts);
