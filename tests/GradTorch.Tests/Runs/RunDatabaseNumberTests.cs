using System.Text;
using GradTorch.Quantities;
using GradTorch.Runs;
using Microsoft.Data.Sqlite;

namespace GradTorch.Tests.Runs;

/// <summary>Numbers come back as they were, in any culture.</summary>
public sealed class RunDatabaseNumberTests : IDisposable
{
    private readonly RunDatabaseFile file = new();

    public static TheoryData<double> DifficultNumbers =>
    [
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.0, -0.0, 1.0, -3.0, 1e-300, double.Epsilon,
        -double.Epsilon, 2.2250738585072009e-308, double.MaxValue, double.MinValue, 0.1, 1.0 / 3, 9007199254740993.0,
        1.1754943508222875e-38, 3e-25, 1e15, 1e25, BitConverter.Int64BitsToDouble(0x7ff8_0000_dead_beef),
    ];

    public void Dispose() => file.Dispose();

    [Theory]
    [MemberData(nameof(DifficultNumbers))]
    public void Every_double_comes_back_exactly(double number)
    {
        using (var database = RunDatabase.Create(file.Path))
        using (var batch = database.BeginBatch())
        {
            batch.AddScalars([0], RunRows.ToTheEnd(1), ["loss"], [number]);
            batch.AddEvaluations(0, RunRows.ToTheEnd(1), "test", [number], [number]);
            var quantities = new double[LayerQuantities.Count];
            Array.Fill(quantities, number);
            quantities[(int)LayerQuantity.Nonfinite] = 5;
            batch.AddLayerGradients([0], RunRows.ToTheEnd(1), ["hidden1"], quantities);
            batch.Commit();
        }

        using var reader = RunDatabaseReader.Open(file.Path);
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
        using (var database = RunDatabase.Create(file.Path))
        using (var batch = database.BeginBatch())
        {
            batch.AddScalars([0, 1, 2], RunRows.ToTheEnd(1), ["loss"], [double.NaN, double.PositiveInfinity, 2.5]);
            batch.Commit();
        }

        Assert.Equal("NaN,Inf,2.5", file.Sql("SELECT group_concat(value, ',') FROM scalar"));
        Assert.Equal("text,real,real", file.Sql("SELECT group_concat(typeof(value), ',') FROM scalar"));
        Assert.Equal("1", file.Sql("SELECT count(*) FROM scalar WHERE typeof(value) = 'real' AND value < 1e308"));
        Assert.Equal("NaN", file.Sql("SELECT max(value) FROM scalar"));
        Assert.Throws<SqliteException>(() => file.Sql("INSERT INTO scalar VALUES (3, 0, 'loss', 'nothing')"));
        Assert.Throws<SqliteException>(() => file.Sql("INSERT INTO scalar VALUES (3, 0, 'loss', NULL)"));
    }

    [Fact]
    public void The_same_run_writes_the_same_contents_under_any_culture()
    {
        Write(file.Path);
        using (new CommaDecimal())
        {
            Write(file.Beside("again.db"));
        }

        Assert.Equal(Dump(file.Path), Dump(file.Beside("again.db")));

        static void Write(string path)
        {
            using var database = RunDatabase.Create(path);
            using (var batch = database.BeginBatch())
            {
                batch.SetMember(new MemberRow(0, 1, 0.001, 1.5, 1, 0.5, 0.1));
                batch.AddEvaluations(3, RunRows.ToTheEnd(1), "test", [0.25], [double.NaN]);
                batch.Commit();
            }

            for (var step = 0; step < 20; step++)
            {
                RunRows.WriteStep(database, step);
            }
        }
    }

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
}
