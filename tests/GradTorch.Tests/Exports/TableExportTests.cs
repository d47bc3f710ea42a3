using System.Globalization;
using DuckDB.NET.Data;
using GradTorch.Exports;
using GradTorch.Quantities;
using GradTorch.Runs;

namespace GradTorch.Tests.Exports;

/// <summary>Exported tables, read back by DuckDB.</summary>
public sealed class TableExportTests : IDisposable
{
    private readonly FullDatabase database = new();

    public static TheoryData<string> Formats => [.. TableFormat.All.Select(format => format.Name)];

    public void Dispose() => database.Dispose();

    [TheoryWithBinding]
    [MemberData(nameof(Formats))]
    public void Every_row_of_every_table_comes_back_bit_for_bit_in_any_culture(string name)
    {
        using var culture = new CommaDecimal();
        var files = Export(name);
        Assert.Equal(FullDatabase.Tables.Keys.Order(), files.Select(file => file.What));
        using var reader = RunDatabaseReader.Open(database.Directory.DatabaseFile);
        foreach (var file in files)
        {
            string[] expected = [.. FullDatabase.Tables[file.What](reader).Select(Bits)];
            Assert.Equal(expected, Sql($"SELECT * FROM {From(file)}").Select(Bits));
            Assert.Equal((expected.Length, new FileInfo(file.Path).Length), (file.Rows, file.Bytes));
        }
        Assert.Equal(2 * FullDatabase.ScalarSteps, files.Single(file => file.What == "scalar").Rows);
        Assert.Equal(files.Select(file => file.Path), Directory.GetFiles(database.File("out")).Order());
    }

    [Fact]
    public void Parquet_has_the_types_of_the_tables_and_says_which_columns_may_be_null()
    {
        var layers = Export("parquet").Single(file => file.What == "layer_gradient");
        var quantities = LayerQuantities.Columns.Select(column => $"{column} {(column == "nonfinite" ? "INT64" : "DOUBLE")} REQUIRED");
        Assert.Equal(
            ["step INT64 REQUIRED", "member INT64 REQUIRED", "layer INT64 REQUIRED", "layer_name BYTE_ARRAY REQUIRED", .. quantities],
            Schema(layers.Path));
        Assert.Equal(
            ["step INT64 REQUIRED", "member INT64 REQUIRED", "split BYTE_ARRAY REQUIRED", "loss DOUBLE REQUIRED", "accuracy DOUBLE OPTIONAL"],
            Schema(database.File("out", "evaluation.parquet")));
        Assert.Contains("diverged_step INT64 OPTIONAL", Schema(database.File("out", "member.parquet")));

        IEnumerable<string> Schema(string path) =>
            Sql($"SELECT name, type, repetition_type FROM parquet_schema('{path}') WHERE type IS NOT NULL").Select(row => string.Join(' ', row));
    }

    /// <summary>A reader leaves out row groups by their statistics, which NaN must not spoil. DuckDB counts NaN as the largest number.</summary>
    [Fact]
    public void Filters_on_Parquet_find_numbers_beside_NaN_and_infinities()
    {
        var file = Export("parquet").Single(file => file.What == "scalar");
        using var reader = RunDatabaseReader.Open(database.Directory.DatabaseFile);
        double[] values = [.. reader.Scalars().Select(row => row.Value)];
        foreach (var limit in (double[])[-1e300, 0, 0.3, 1e200])
        {
            Assert.Equal(values.Count(value => value > limit || double.IsNaN(value)), Count(FormattableString.Invariant($"value > {limit:R}")));
            Assert.Equal(values.Count(value => value < limit), Count(FormattableString.Invariant($"value < {limit:R}")));
        }
        Assert.Equal(values.Count(double.IsNaN), Count("isnan(value)"));
        Assert.Equal(2, Sql($"SELECT DISTINCT row_group_id FROM parquet_metadata('{file.Path}')").Count);

        long Count(string condition) => (long)Sql($"SELECT count(*) FROM {From(file)} WHERE {condition}")[0][0]!;
    }

    [Fact]
    public void Csv_quotes_what_needs_it_and_has_numbers_in_their_shortest_form()
    {
        Export("csv");
        var lines = File.ReadAllText(database.File("out", "layer_measure.csv"));
        Assert.Equal("step,member,layer,name,value\r\n0,0,0,total,NaN\r\n0,0,1,dead,-0\r\n0,1,0,total,-Infinity\r\n0,1,1,dead,0.1\r\n", lines);
        var layers = File.ReadAllText(database.File("out", "layer_gradient.csv"));
        Assert.Contains("\r\n0,0,2,\"a, \"\"b\"\"\r\nc\",", layers);
        Assert.Contains("\r\n0,0,3,\"\",", layers);
        Assert.StartsWith("step,member,split,loss,accuracy\r\n0,0,test,0.25,0.5\r\n0,1,test,Infinity,NaN\r\n10,0,test,NaN,\r\n", File.ReadAllText(database.File("out", "evaluation.csv")));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void An_export_over_another_leaves_no_file_of_a_table_that_is_empty_now(string name)
    {
        Export(name);
        var other = RunDirectory.Create(database.File("runs"), "other");
        using (var written = RunDatabase.Create(other.DatabaseFile))
        using (var batch = written.BeginBatch())
        {
            batch.SetMember(new MemberRow(0, 1, 0.001, 1.5, 1, 0.5, 0.1));
            batch.Commit();
        }
        Assert.Equal(["member"], Export(name, other).Select(file => file.What));
        Assert.Equal([database.File("out", $"member.{name}")], Directory.GetFiles(database.File("out")));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_can_t_be_written_is_told_and_what_is_stopped_leaves_no_half_file(string name)
    {
        var taken = database.File("taken");
        File.WriteAllText(taken, "a file");
        Assert.Contains($"{taken} can't be written", Assert.Throws<RunException>(() => Export(name, folder: taken)).Message, StringComparison.Ordinal);

        using var stop = new CancellationTokenSource();
        var format = TableFormat.All.Single(format => format.Name == name);
        Assert.Throws<OperationCanceledException>(() => TableExport.Write(database.Directory, format, database.File("out"), Stop, stop.Token));
        Assert.Equal([database.File("out", $"evaluation.{name}")], Directory.GetFiles(database.File("out")));

        void Stop(ExportedFile file) => stop.Cancel();
    }

    private List<ExportedFile> Export(string format, RunDirectory? run = null, string? folder = null)
    {
        var files = new List<ExportedFile>();
        TableExport.Write(
            run ?? database.Directory, TableFormat.All.Single(own => own.Name == format), folder ?? database.File("out"), files.Add, CancellationToken.None);
        return files;
    }

    /// <summary>What DuckDB reads. CSV has no types, which it is told, and a field in quotes is never NULL.</summary>
    private string From(ExportedFile file)
    {
        if (Path.GetExtension(file.Path) == ".parquet") return $"read_parquet('{file.Path}')";
        using var reader = RunDatabaseReader.Open(database.Directory.DatabaseFile);
        var types = reader.Tables.All().Single(table => table.Name == file.What).Columns.Select(column => $"'{column.Name}': '{TypeOf(column.Kind)}'");
        return $"read_csv('{file.Path}', header = true, quote = '\"', escape = '\"', allow_quoted_nulls = false, columns = {{{string.Join(", ", types)}}})";
    }

    private static string TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Integer => "BIGINT",
        ColumnKind.Number => "DOUBLE",
        _ => "VARCHAR",
    };

    private static List<object?[]> Sql(string sql)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var read = new List<object?[]>();
        while (rows.Read()) read.Add([.. Enumerable.Range(0, rows.FieldCount).Select(column => rows.IsDBNull(column) ? null : rows.GetValue(column))]);
        return read;
    }

    private static string Bits(object?[] row) => string.Join(" | ", row.Select(cell => cell switch
    {
        null => "NULL",
        double number when double.IsNaN(number) => "NaN",
        double number => BitConverter.DoubleToInt64Bits(number).ToString("x16", CultureInfo.InvariantCulture),
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture)!,
    }));
}
