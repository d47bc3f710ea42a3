using GradTorch.Cli.Terminals;

namespace GradTorch.Cli.Output;

/// <summary>What was exported, as people read it: a line for each file.</summary>
internal static class ExportView
{
    public static void Show(IReadOnlyList<ExportedRun> runs, Screen screen)
    {
        var here = Directory.GetCurrentDirectory();
        var table = new LineTable(
            [("what", false), ("rows", true), ("size", true), ("file", false)],
            [
                .. runs.SelectMany(run => run.Files).Select(file => (string[])
                    [file.What, file.Rows is { } rows ? NumberText.Count(rows) : "–", NumberText.Bytes(file.Bytes), Path.GetRelativePath(here, file.Path)]),
            ]);
        foreach (var line in table.Lines()) screen.Line(line);
    }
}
