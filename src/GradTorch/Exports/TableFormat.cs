using GradTorch.Runs;

namespace GradTorch.Exports;

/// <summary>A kind of file that a table can be written as.</summary>
/// <param name="Name">How its files end, without the dot.</param>
public sealed record TableFormat(string Name, string Meaning, TableWriter Write)
{
    public static IReadOnlyList<TableFormat> All { get; } =
    [
        new("parquet", "the tables of run.db as Parquet files", ParquetTable.Write),
        new("csv", "the tables of run.db as comma-separated values", CsvTable.Write),
    ];
}

/// <summary>Writes a table into a stream, block by block.</summary>
public delegate void TableWriter(TableLayout table, IEnumerable<TableBlock> blocks, Stream stream);
