using GradTorch.Configuration.Fields;

namespace GradTorch.Configuration;

/// <summary>What came of resolving layers.</summary>
/// <param name="Experiment">As far as it could be read: to be used only where there are no errors.</param>
/// <param name="VariantNames">Variants that the file names, in its order.</param>
/// <param name="Grid">What variants are to be crossed with, where no cell of it was resolved.</param>
/// <param name="Errors">All that is wrong, each with the rank of its source: the weakest has 0, the file.</param>
/// <param name="Unused">The keys that were given a value without having a use beside the others, each with the errors that this is:
/// under true the variant's own, if nothing that is trained of the variant has a use for it, under false the others, if nothing that
/// is trained at all has one. There are none where a stronger source took the use away.</param>
internal sealed record Resolution(
    Experiment Experiment,
    IReadOnlyList<string> VariantNames,
    IReadOnlyList<GridList> Grid,
    IReadOnlyList<(int Rank, ConfigurationError Error)> Errors,
    IReadOnlyDictionary<Field, ILookup<bool, (int Rank, ConfigurationError Error)>> Unused);
