using GradTorch.Analysis.Verification;
using GradTorch.Studies;

namespace GradTorch.Cli.Output;

/// <summary>The outcome of a verification as JSON.</summary>
/// <param name="Steps">Updates that were repeated.</param>
/// <param name="Weights">Whether weights were compared, too.</param>
/// <param name="Compared">Numbers and texts.</param>
/// <param name="LargestRelative">Of |a − b| / max(|a|, |b|); infinite where one is not a number or not there.</param>
/// <param name="First">Null where nothing differs.</param>
/// <param name="Surroundings">What is otherwise than where the run was, each in a sentence.</param>
internal sealed record VerificationDocument(
    bool Same, long Steps, bool Weights, long Compared, long Different, double LargestRelative, VerificationDocument.Entry? First,
    IReadOnlyList<string> Surroundings)
{
    public static VerificationDocument Of(RunVerification verification, Differences differences) => new(
        differences.Count == 0, verification.Steps, verification.HasWeights, differences.Compared, differences.Count, differences.LargestRelative,
        differences.First is { Place: var place } first
            ? new Entry(place.Table, place.Step, place.Member, place.Layer, place.Timestep, place.Quantity, first.First, first.Second) : null,
        verification.Surroundings);

    /// <param name="Run">What the run has; null where it is not there.</param>
    /// <param name="Repeated">The same of its repetition.</param>
    internal sealed record Entry(
        string Table, long? Step, long? Member, long? Layer, long? Timestep, string Quantity, object? Run, object? Repeated);
}
