using GradTorch.Runs;

namespace GradTorch.Analysis.Comparisons;

/// <summary>A test loss or accuracy to be reached.</summary>
/// <param name="IsAccuracy">Whether it is an accuracy of at least that value; else a loss of at most that.</param>
public sealed record ComparedTarget(bool IsAccuracy, double Value)
{
    /// <summary>The step of the first evaluation that reaches it, or null.</summary>
    internal long? FirstIn(IEnumerable<EvaluationRow> tests) => tests
        .Where(test => IsAccuracy ? test.Accuracy >= Value : test.Loss <= Value)
        .Select(test => (long?)test.Step).FirstOrDefault();
}
