using GradTorch.Configuration;

namespace GradTorch.Cli.Output;

/// <summary>What machines are told when something went wrong.</summary>
/// <param name="Error">All of it as text.</param>
/// <param name="Errors">Each thing that is wrong.</param>
internal sealed record ErrorDocument(string Error, IReadOnlyList<ErrorEntry> Errors)
{
    public static ErrorDocument Of(Exception exception, string message) => new(
        message,
        exception is ConfigurationException configuration
            ? [.. configuration.Errors.Select(error => new ErrorEntry(error.Message, error.Path, error.Source, error.Line, error.Column))]
            : [new ErrorEntry(message)]);
}

/// <param name="Path">Of the key, where it is about one.</param>
/// <param name="Source">File, command line or environment variable.</param>
internal sealed record ErrorEntry(
    string Message, string? Path = null, string? Source = null, int? Line = null, int? Column = null);
