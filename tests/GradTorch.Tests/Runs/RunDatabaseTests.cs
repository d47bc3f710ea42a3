using System.Text;
using GradTorch.Gradients;
using GradTorch.Runs;
using Microsoft.Data.Sqlite;

namespace GradTorch.Tests.Runs;

public sealed class RunDatabaseTests : IDisposable
{
    private const int Members = 2;

    private static readonly string[] Layers = ["hidden1", "hidden2", "hidden3"];

    private readonly TemporaryFolder folder = new();
    private readonly string file;

    public RunDatabaseTests() => file = folder.File("run.db");

    public void Dispose() => folder.Dispose();

    public static TheoryData<double> DifficultNumbers =>
    [
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.0, -0.0, 1.0, -3.0, 1e-300, double.Epsilon,
        -double.Epsilon, 2.2250738585072009e-308, double.MaxValue, double.MinValue, 0.1, 1.0 / 3, 9007199254740993.0,
        1.1754943508222875e-38, 3e-25, 1e15, 1e25, BitConverter.Int64BitsToDouble(0x7ff8_0000_dead_beef),
    ];

    [Fact]
    public void The_tables_have_the_columns_of_the_design()
    {
        RunDatabase.Create(file).Dispose();
        Assert.Equal(
            """
            evaluation strict=1 without_rowid=1: step* member* split* loss accuracy
            layer_gradient strict=1 without_rowid=1: step* member* layer* layer_name weight_gradient bias_gradient preactivation_gradient activation_gradient weight update activation_mean activation_std saturated zero_gradient nonfinite
            member strict=1 without_rowid=0: member* seed learning_rate gain weight_variance bias_variance slope backward_scale clip_threshold status diverged_step diverged_layer diverged_timestep
            scalar strict=1 without_rowid=1: step* member* name* value
            timestep_gradient strict=1 without_rowid=1: step* member* layer* timestep* hidden_gradient preactivation_gradient recurrent_weight_gradient zero_gradient nonfinite
            """.ReplaceLineEndings("\n"),
            Sql("""
                SELECT group_concat(line, char(10)) FROM (
                  SELECT t.name || ' strict=' || t.strict || ' without_rowid=' || t.wr || ': '
                    || (SELECT group_concat(c.name || iif(c.pk, '*', ''), ' ') FROM pragma_table_info(t.name) c) AS line
                  FROM pragma_table_list t WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name)
                """));
    }

    [Fact]
    public void It_is_readable_while_it_is_written_and_one_plain_file_afterwards()
    {
        using (RunDatabase.Create(file)) Assert.Equal("wal", Sql("PRAGMA journal_mode"));
        Assert.Equal("delete", Sql("PRAGMA journal_mode"));
        RunDatabaseReader.Open(file).Dispose();
        Assert.Equal([file], Directory.GetFiles(Path.GetDirectoryName(file)!));
    }

    [Theory]
    [MemberData(nameof(DifficultNumbers))]
    public void Every_double_comes_back_exactly(double number)
    {
        using (var database = RunDatabase.Create(file))
        using (var batch = database.BeginBatch())
        {
            batch.AddScalars([0], ToTheEnd(1), ["loss"], [number]);
            batch.AddEvaluations(0, ToTheEnd(1), "test", [number], [number]);
            var quantities = new double[LayerQuantities.Count];
            Array.Fill(quantities, number);
            quantities[(int)LayerQuantity.Nonfinite] = 5;
            batch.AddLayerGradients([0], ToTheEnd(1), ["hidden1"], quantities);
            batch.Commit();
        }

        using var reader = RunDatabaseReader.Open(file);
        Same(number, reader.Scalars().Single().Value);
        Same(number, reader.Evaluations().Single().Loss);
        Same(number, reader.Evaluations().Single().Accuracy!.Value);
        var row = reader.LayerGradients().Single();
        Assert.Equal(5, row[LayerQuantity.Nonfinite]);
        Assert.All(LayerQuantities.All.Except([LayerQuantity.Nonfinite]), quantity => Same(number, row[quantity]));
    }

    [Fact]
    public void Sql_tells_nan_from_the_numbers_and_no_number_is_null()
    {
        using (var database = RunDatabase.Create(file))
        using (var batch = database.BeginBatch())
        {
            batch.AddScalars([0, 1, 2], ToTheEnd(1), ["loss"], [double.NaN, double.PositiveInfinity, 2.5]);
            batch.Commit();
        }

        Assert.Equal("NaN,Inf,2.5", Sql("SELECT group_concat(value, ',') FROM scalar"));
        Assert.Equal("text,real,real", Sql("SELECT group_concat(typeof(value), ',') FROM scalar"));
        Assert.Equal("1", Sql("SELECT count(*) FROM scalar WHERE typeof(value) = 'real' AND value < 1e308"));
        Assert.Equal("NaN", Sql("SELECT max(value) FROM scalar"));
        Assert.Throws<SqliteException>(() => Sql("INSERT INTO scalar VALUES (3, 0, 'loss', 'nothing')"));
        Assert.Throws<SqliteException>(() => Sql("INSERT INTO scalar VALUES (3, 0, 'loss', NULL)"));
    }

    [Fact]
    public void A_block_lands_where_its_order_says()
    {
        var block = Block(records: 2);
        using (var database = RunDatabase.Create(file))
        using (var batch = database.BeginBatch())
        {
            batch.AddLayerGradients([10, 20], ToTheEnd(Members), Layers, block);
            batch.AddScalars([10, 20], ToTheEnd(Members), ["loss", "lr"], [1, 2, 3, 4, 5, 6, 7, 8]);
            batch.Commit();
        }

        // Each number of the block says its own record, member, layer and quantity.
        using var reader = RunDatabaseReader.Open(file);
        var rows = reader.LayerGradients().ToList();
        Assert.Equal(2 * Members * Layers.Length, rows.Count);
        Assert.All(rows, row =>
        {
            Assert.Equal(Layers[row.Layer - 1], row.LayerName);
            for (var quantity = 0; quantity < LayerQuantities.Count; quantity++)
            {
                Assert.Equal(Cell(row.Step == 10 ? 0 : 1, row.Member, row.Layer - 1, quantity), row.Quantities[quantity]);
            }
        });
        Assert.Equal($"{Cell(1, 1, 2, 2)}", Sql("""
            SELECT CAST(preactivation_gradient AS INTEGER) FROM layer_gradient WHERE step = 20 AND member = 1 AND layer = 3
            """));
        Assert.Equal("7,8", Sql("SELECT group_concat(CAST(value AS INTEGER)) FROM scalar WHERE step = 20 AND member = 1"));
        Assert.Equal([20L], reader.LayerGradients(afterStep: 10).Select(row => row.Step).Distinct());
    }

    [Fact]
    public void The_quantities_have_the_names_and_order_of_the_columns() => Assert.Equal(
        ["weight_gradient", "bias_gradient", "preactivation_gradient", "activation_gradient", "weight", "update",
            "activation_mean", "activation_std", "saturated", "zero_gradient", "nonfinite"],
        LayerQuantities.Columns);

    [Fact]
    public void Members_are_added_and_change()
    {
        var member = new MemberRow(0, long.MinValue, 0.1, 1.5, 0.75, 0.25, 2, 1.25, 1e-3);
        var other = new MemberRow(1, 7, 1e-3, 1, 1, 0, 1);
        using var database = RunDatabase.Create(file);
        using (var batch = database.BeginBatch())
        {
            batch.SetMember(member);
            batch.SetMember(other);
            batch.Commit();
        }

        var diverged = member with
        {
            Status = MemberStatus.Diverged, DivergedStep = 41, DivergedLayer = 3, DivergedTimestep = 9,
        };
        using (var batch = database.BeginBatch())
        {
            batch.SetMember(diverged);
            batch.Commit();
        }

        using var reader = RunDatabaseReader.Open(file);
        Assert.Equal([diverged, other], reader.Members());
        using var wrong = database.BeginBatch();
        Assert.Throws<SqliteException>(() => wrong.SetMember(member with { Status = MemberStatus.Diverged }));
    }

    [Fact]
    public void A_reader_sees_whole_batches_while_the_writer_goes_on()
    {
        using var database = RunDatabase.Create(file);
        using var reader = RunDatabaseReader.Open(file);
        using (var batch = database.BeginBatch())
        {
            batch.AddScalars([0], ToTheEnd(1), ["loss"], [1.5]);
            Assert.Empty(reader.Scalars());
            batch.Commit();
        }

        WriteStep(database, 1);
        using (var rows = reader.Scalars().GetEnumerator())
        {
            Assert.True(rows.MoveNext());
            WriteStep(database, 2);
            var steps = new List<long> { rows.Current.Step };
            while (rows.MoveNext())
            {
                steps.Add(rows.Current.Step);
            }

            Assert.DoesNotContain(2, steps);
        }

        Assert.Contains(reader.Scalars(), row => row.Step == 2);
    }

    [Fact]
    public void A_batch_without_commit_leaves_nothing_and_the_next_goes_on()
    {
        using (var database = RunDatabase.Create(file))
        {
            WriteStep(database, 0);
            using (var batch = database.BeginBatch())
            {
                batch.AddScalars([1], ToTheEnd(1), ["loss"], [1]);
                Assert.Throws<SqliteException>(() => batch.AddScalars([0], ToTheEnd(1), ["loss"], [1]));
            }

            WriteStep(database, 2);
        }

        using var reader = RunDatabaseReader.Open(file);
        Assert.Equal([0, 2], reader.Scalars().Select(row => row.Step).Distinct());
    }

    [Fact]
    public void The_same_run_writes_the_same_contents_under_any_culture()
    {
        Write(file);
        using (new CommaDecimal())
        {
            Write(folder.File("again.db"));
        }

        Assert.Equal(Dump(file), Dump(folder.File("again.db")));

        static void Write(string path)
        {
            using var database = RunDatabase.Create(path);
            using (var batch = database.BeginBatch())
            {
                batch.SetMember(new MemberRow(0, 1, 0.001, 1.5, 1, 0.5, 0.1));
                batch.AddEvaluations(3, ToTheEnd(1), "test", [0.25], [double.NaN]);
                batch.Commit();
            }

            for (var step = 0; step < 20; step++)
            {
                WriteStep(database, step);
            }
        }
    }

    [Fact]
    public void A_process_killed_while_it_writes_leaves_every_batch_it_had_committed_whole()
    {
        long said;
        using (var child = ChildProcess.Start(ChildProcess.FillDatabase, file))
        {
            said = child.Said(50);
        }

        using var reader = RunDatabaseReader.Open(file);
        var scalars = reader.Scalars().Select(row => row.Step).CountBy(step => step).ToList();
        var gradients = reader.LayerGradients().Select(row => row.Step).CountBy(step => step).ToList();
        Assert.True(scalars.Count > said);
        Assert.Equal(Enumerable.Range(0, scalars.Count).Select(step => KeyValuePair.Create((long)step, Members)), scalars);
        Assert.Equal(scalars.Select(count => KeyValuePair.Create(count.Key, Members * Layers.Length)), gradients);
        Assert.Equal("ok", Sql("PRAGMA integrity_check"));
    }

    [Fact]
    public void A_finished_database_is_one_file()
    {
        using (var database = RunDatabase.Create(file))
        {
            WriteStep(database, 0);
        }

        Assert.Equal([file], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Blocks_of_the_wrong_size_and_fractional_counts_are_refused()
    {
        using var database = RunDatabase.Create(file);
        using var batch = database.BeginBatch();
        var message = Assert.Throws<ArgumentException>(() => batch.AddLayerGradients([0], ToTheEnd(2), ["a"], new double[11])).Message;
        Assert.Contains("1 × 2 × 1 × 11 needs 22", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => batch.AddScalars([0, 1], ToTheEnd(1), ["a"], [1]));
        Assert.Throws<ArgumentException>(() => batch.AddEvaluations(0, ToTheEnd(2), "test", [1, 2], [1]));
        var block = new double[LayerQuantities.Count];
        foreach (var count in new[] { 0.5, -1, double.NaN })
        {
            block[(int)LayerQuantity.Nonfinite] = count;
            Assert.Throws<ArgumentException>(() => batch.AddLayerGradients([0], ToTheEnd(1), ["a"], block));
        }
    }

    [Fact]
    public void A_database_is_never_written_over()
    {
        RunDatabase.Create(file).Dispose();
        Assert.Contains("exists", Assert.Throws<RunException>(() => RunDatabase.Create(file)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "can't be created",
            Assert.Throws<RunException>(() => RunDatabase.Create(folder.File("no", "run.db"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_a_run_database_is_told()
    {
        Assert.Contains("does not exist", Refusal(folder.File("nowhere.db")), StringComparison.Ordinal);
        var text = folder.Write("text.db", Encoding.UTF8.GetBytes(new string('x', 5000)));
        Assert.Contains("can't be read as a run database", Refusal(text), StringComparison.Ordinal);
        Assert.Contains("version 0", Refusal(folder.Write("empty.db", [])), StringComparison.Ordinal);
        RunDatabase.Create(file).Dispose();
        Sql("PRAGMA user_version = 99");
        Assert.Contains("version 99", Refusal(file), StringComparison.Ordinal);

        static string Refusal(string path) => Assert.Throws<RunException>(() => RunDatabaseReader.Open(path)).Message;
    }

    /// <summary>Writes a scalar of each member and a layer block for one step, in one batch.</summary>
    internal static void WriteStep(RunDatabase database, long step)
    {
        using var batch = database.BeginBatch();
        batch.AddScalars([step], ToTheEnd(Members), ["loss"], [1.0 / (step + 1), double.NaN]);
        batch.AddLayerGradients([step], ToTheEnd(Members), Layers, Block(records: 1));
        batch.Commit();
    }

    private static double[] Block(int records)
    {
        var block = new List<double>();
        for (var record = 0; record < records; record++)
        {
            for (var member = 0; member < Members; member++)
            {
                for (var layer = 0; layer < Layers.Length; layer++)
                {
                    block.AddRange(Enumerable.Range(0, LayerQuantities.Count).Select(q => Cell(record, member, layer, q)));
                }
            }
        }

        return [.. block];
    }

    private static double Cell(int record, int member, int layer, int quantity) =>
        100_000 + 10_000 * record + 1_000 * member + 100 * layer + quantity;

    private static void Same(double expected, double found)
    {
        if (double.IsNaN(expected))
        {
            Assert.True(double.IsNaN(found));
        }
        else
        {
            Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(found));
        }
    }

    private string Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture)!;
    }

    private static string Dump(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        var dump = new StringBuilder();
        foreach (var table in new[] { "member", "scalar", "layer_gradient", "evaluation" })
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM {table}";
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                dump.Append(table);
                for (var i = 0; i < rows.FieldCount; i++)
                {
                    var value = rows.GetValue(i);
                    dump.Append(' ').Append(value is double number ? BitConverter.DoubleToInt64Bits(number) : value);
                }

                dump.Append('\n');
            }
        }

        Assert.True(dump.Length > 1000);
        return dump.ToString();
    }

    [Fact]
    public void Nothing_is_recorded_of_a_member_after_its_last_step()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "run.db");
        using (var database = RunDatabase.Create(path))
        using (var batch = database.BeginBatch())
        {
            long[] lastSteps = [long.MaxValue, 1];
            batch.AddScalars([1, 2], lastSteps, ["loss"], [10, 11, 20, 21]);
            batch.AddLayerGradients([1, 2], lastSteps, ["a"], new double[4 * LayerQuantities.Count]);
            batch.AddEvaluations(2, lastSteps, "test", [1, 2], [3, 4]);
            batch.Commit();
        }

        using var reader = RunDatabaseReader.Open(path);
        Assert.Equal([(1L, 0, 10.0), (1L, 1, 11.0), (2L, 0, 20.0)], reader.Scalars().Select(row => (row.Step, row.Member, row.Value)));
        Assert.Equal([(1L, 0), (1L, 1), (2L, 0)], reader.LayerGradients().Select(row => (row.Step, row.Member)));
        Assert.Equal([(0, 1.0, 3.0)], reader.Evaluations().Select(row => (row.Member, row.Loss, row.Accuracy)));
    }

    private static long[] ToTheEnd(int members) => [.. Enumerable.Repeat(long.MaxValue, members)];
}
