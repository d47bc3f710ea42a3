using GradTorch.Runs;
using Parquet;
using Parquet.Schema;

namespace GradTorch.Exports;

/// <summary>A table as a Parquet file, with a row group for each block: integers are INT64, numbers DOUBLE with not a number and infinities
/// as they are, texts UTF-8. A column is optional where run.db may have NULL in it.</summary>
internal static class ParquetTable
{
    public static void Write(TableLayout table, IEnumerable<TableBlock> blocks, Stream stream) =>
        WriteAsync(table, blocks, stream).GetAwaiter().GetResult();

    private static async Task WriteAsync(TableLayout table, IEnumerable<TableBlock> blocks, Stream stream)
    {
        DataField[] fields = [.. table.Columns.Select(FieldOf)];
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream).ConfigureAwait(false);
        foreach (var block in blocks)
        {
            using var group = writer.CreateRowGroup();
            foreach (var (field, values) in fields.Zip(block.Columns)) await WriteAsync(group, field, values, block.Rows).ConfigureAwait(false);
        }
    }

    private static Task WriteAsync(ParquetRowGroupWriter group, DataField field, Array values, int rows) => values switch
    {
        long?[] integers => WriteAsync(group, field, integers.AsMemory(0, rows)),
        double?[] numbers => WriteAsync(group, field, numbers.AsMemory(0, rows)),
        string?[] texts => group.WriteAsync(field, new ArraySegment<string?>(texts, 0, rows)!),
        _ => throw new ArgumentException($"{values.GetType()} is no column", nameof(values)),
    };

    private static Task WriteAsync<T>(ParquetRowGroupWriter group, DataField field, Memory<T?> values) where T : struct =>
        field.IsNullable ? group.WriteAsync<T>(field, values) : group.WriteAsync<T>(field, Array.ConvertAll(values.ToArray(), value => value!.Value));

    private static DataField FieldOf(TableColumn column) => column.Kind switch
    {
        ColumnKind.Integer => new DataField<long>(column.Name, column.MayBeNull),
        ColumnKind.Number => new DataField<double>(column.Name, column.MayBeNull),
        _ => new DataField<string>(column.Name, column.MayBeNull),
    };
}
