namespace GradTorch.Exports;

/// <summary>A file that was written for others.</summary>
/// <param name="Path">Full.</param>
/// <param name="What">The table that it holds, or what else.</param>
/// <param name="Rows">Of a table; null of anything else.</param>
/// <param name="Bytes">Its size.</param>
public sealed record ExportedFile(string Path, string What, long? Rows, long Bytes);
