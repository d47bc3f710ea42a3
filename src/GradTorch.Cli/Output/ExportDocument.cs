using GradTorch.Exports;

namespace GradTorch.Cli.Output;

/// <summary>What was exported, as JSON.</summary>
internal sealed record ExportDocument(IReadOnlyList<ExportedRun> Runs);

/// <summary>The files of a run.</summary>
/// <param name="Directory">Of the run.</param>
/// <param name="Folder">Of the files.</param>
internal sealed record ExportedRun(string Directory, string Folder, IReadOnlyList<ExportedFile> Files);
