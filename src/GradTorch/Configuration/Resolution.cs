namespace GradTorch.Configuration;

/// <summary>What came of resolving layers.</summary>
/// <param name="Experiment">As far as it could be read: to be used only where there are no errors.</param>
/// <param name="VariantNames">Variants that the file names, in its order.</param>
/// <param name="Errors">All that is wrong, each with the rank of its source: the weakest has 0, the file.</param>
internal sealed record Resolution(
    Experiment Experiment, IReadOnlyList<string> VariantNames, IReadOnlyList<(int Rank, ConfigurationError Error)> Errors);
