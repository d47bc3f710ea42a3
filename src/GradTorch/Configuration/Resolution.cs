using GradTorch.Configuration.Fields;

namespace GradTorch.Configuration;

/// <summary>What came of resolving layers.</summary>
/// <param name="Experiment">As far as it could be read: to be used only where there are no errors.</param>
/// <param name="VariantNames">Variants that the file names, in its order.</param>
/// <param name="Errors">All that is wrong, each with the rank of its source: the weakest has 0, the file.</param>
/// <param name="Unused">The keys that were given a value without having a use beside the others, each with the errors that this is
/// if no other variant has a use for it: none where a stronger source took the use away, and none of the variant's own, which are
/// among <paramref name="Errors"/>.</param>
internal sealed record Resolution(
    Experiment Experiment,
    IReadOnlyList<string> VariantNames,
    IReadOnlyList<(int Rank, ConfigurationError Error)> Errors,
    IReadOnlyDictionary<Field, IEnumerable<(int Rank, ConfigurationError Error)>> Unused);
