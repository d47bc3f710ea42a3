namespace GradTorch.Cli;

/// <summary>A command line that can't be understood. The message is one line: what was found, what is allowed.</summary>
internal sealed class BadArgumentsException(string message) : Exception(message);
