namespace GradTorch.Configuration.Sources;

/// <summary>One key as it stands in its source.</summary>
/// <param name="Path">The keys from the root on, spelt as in the source.</param>
/// <param name="Found">What it holds.</param>
/// <param name="Source">As in <see cref="ConfigurationError.Source"/>.</param>
/// <param name="Line">Line of the key in a file, from 1.</param>
internal sealed record Setting(string Path, Found Found, string Source, int? Line)
{
    /// <summary>An error that lies here.</summary>
    public ConfigurationError Error(string path, string message) => new(path, Source, Line, null, message);
}
