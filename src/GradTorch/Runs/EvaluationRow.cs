namespace GradTorch.Runs;

/// <summary>A row of table evaluation: how well a member does on a split of the data.</summary>
/// <param name="Step">After how many steps.</param>
/// <param name="Member">From 0.</param>
/// <param name="Split">Such as test.</param>
/// <param name="Loss">Mean over the split.</param>
/// <param name="Accuracy">0 to 1; null where there is no right and wrong.</param>
public readonly record struct EvaluationRow(long Step, int Member, string Split, double Loss, double? Accuracy);
