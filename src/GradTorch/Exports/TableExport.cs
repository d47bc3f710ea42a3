using GradTorch.Runs;

namespace GradTorch.Exports;

/// <summary>The tables of a run as files that other programs read.</summary>
public static class TableExport
{
    /// <summary>Rows that are in memory at a time; of Parquet files those of a row group.</summary>
    private const int BlockSize = 1 << 17;

    /// <summary>Writes every table that has rows, each file as a whole, all of one moment of a run that goes on. A file that an empty table
    /// had before goes away.</summary>
    /// <param name="folder">Made if need be.</param>
    /// <param name="written">Told of each file that is done.</param>
    /// <exception cref="RunException">The database can't be read, or a file not be written.</exception>
    /// <exception cref="OperationCanceledException">Files that were complete by then stay.</exception>
    public static void Write(RunDirectory run, TableFormat format, string folder, Action<ExportedFile> written, CancellationToken cancellation) =>
        RunDatabaseReader.Read(run.DatabaseFile, reader =>
        {
            using var snapshot = reader.Snapshot();
            ExportFolder.Make(folder);
            foreach (var table in reader.Tables.All())
                if (Write(reader, table, format, folder, cancellation) is { } file) written(file);
            return true;
        });

    private static ExportedFile? Write(RunDatabaseReader reader, TableLayout table, TableFormat format, string folder, CancellationToken cancellation)
    {
        var (path, rows) = (Path.Combine(folder, $"{table.Name}.{format.Name}"), 0L);
        if (!reader.Tables.Blocks(table, 1).Any())
        {
            ExportFolder.Change(path, File.Delete);
            return null;
        }
        ExportFolder.Change(path, file => AtomicFile.Write(file, stream => format.Write(table, Counted(), stream)));
        return new ExportedFile(path, table.Name, rows, new FileInfo(path).Length);

        IEnumerable<TableBlock> Counted()
        {
            foreach (var block in reader.Tables.Blocks(table, BlockSize))
            {
                cancellation.ThrowIfCancellationRequested();
                rows += block.Rows;
                yield return block;
            }
        }
    }
}
