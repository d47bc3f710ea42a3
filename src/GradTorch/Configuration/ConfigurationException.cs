namespace GradTorch.Configuration;

/// <summary>An experiment that can't be run as it is written, with everything that is wrong with it.</summary>
/// <param name="errors">At least one; by source (file, environment, command line), then by line.</param>
public sealed class ConfigurationException(IReadOnlyList<ConfigurationError> errors)
    : Exception(string.Join('\n', errors))
{
    public IReadOnlyList<ConfigurationError> Errors { get; } = errors;
}
