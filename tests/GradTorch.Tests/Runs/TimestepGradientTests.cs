using GradTorch.Quantities;
using GradTorch.Runs;
using GradTorch.Tests.Training;
using Microsoft.Data.Sqlite;
using static System.FormattableString;

namespace GradTorch.Tests.Runs;

public sealed class TimestepGradientTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string File => Path.Combine(folder.Path, "run.db");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_block_comes_back_row_by_row_without_what_is_after_a_members_last_step()
    {
        var (records, members, layers, timesteps) = (2, 3, 2, 4);
        var block = new double[records * members * layers * timesteps * TimestepQuantities.Count];
        for (var i = 0; i < block.Length; i++)
            block[i] = i % TimestepQuantities.Count == (int)TimestepQuantity.Nonfinite ? i : i + 0.25;
        using (var database = RunDatabase.Create(File))
        using (var batch = database.BeginBatch())
        {
            batch.AddTimestepGradients([10, 20], [long.MaxValue, 15, 20], layers, timesteps, block);
            batch.Commit();
        }
        using var reader = RunDatabaseReader.Open(File);
        var rows = reader.TimestepGradients().ToArray();
        var expected =
            from record in Enumerable.Range(0, records)
            from member in Enumerable.Range(0, members)
            where !(record == 1 && member == 1)
            from layer in Enumerable.Range(0, layers)
            from timestep in Enumerable.Range(0, timesteps)
            select (10L + 10 * record, member, layer + 1, timestep + 1,
                block[(((record * members + member) * layers + layer) * timesteps + timestep) * TimestepQuantities.Count]);
        Assert.Equal(expected, rows.Select(row => (
            row.Step, row.Member, row.Layer, row.Timestep, row[TimestepQuantity.HiddenGradient])));
        Assert.All(rows, row => Assert.Equal(
            row[TimestepQuantity.HiddenGradient] - 0.25 + 4, row[TimestepQuantity.Nonfinite]));
        Assert.All(reader.TimestepGradients(afterStep: 10), row => Assert.Equal(20, row.Step));
    }

    /// <summary>Less than a row of the table holds, just as much, one more, and some rows.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(37)]
    public void Whoever_asks_in_SQL_finds_a_row_for_each_timestep(int timesteps)
    {
        var block = Block(timesteps);
        Write(timesteps, block);
        var expected = block.Chunk(TimestepQuantities.Count).Select((values, row) => Invariant(
            $"{7 + row / timesteps / 2} {row / timesteps % 2} 1 {row % timesteps + 1}: {string.Join(' ', values.Select(value => double.IsNaN(value) ? "NaN" : Invariant($"{value:R}")))}"));
        Assert.Equal(expected, Sql("SELECT * FROM timestep_gradient ORDER BY step, member, layer, timestep"));
        Assert.Equal(
            expected.Where(row => row.StartsWith(Invariant($"8 1 1 {timesteps}:"), StringComparison.Ordinal)),
            Sql(Invariant($"SELECT * FROM timestep_gradient WHERE timestep = {timesteps} AND member = 1 AND step = 8")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(37)]
    public void A_file_of_the_version_before_gives_the_same(int timesteps)
    {
        Write(timesteps, Block(timesteps));
        var (rows, ends) = Read(timesteps);
        Assert.Equal(4 * timesteps, rows.Length);
        Assert.Equal(rows.Where(row => row.EndsWith(Invariant($"timestep {timesteps}"), StringComparison.Ordinal)).Count(), ends.Length);
        using (var connection = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = """
                CREATE TABLE old AS SELECT * FROM timestep_gradient; DROP VIEW timestep_gradient; DROP TABLE timestep_block;
                ALTER TABLE old RENAME TO timestep_gradient; PRAGMA user_version = 6
                """;
            command.ExecuteNonQuery();
        }
        var before = Read(timesteps);
        Assert.Equal(rows, before.Rows);
        Assert.Equal(ends, before.Ends);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(37)]
    public void Both_ends_are_those_of_the_rows(int last)
    {
        var block = Block(37);
        Write(37, block);
        using var reader = RunDatabaseReader.Open(File);
        double[][] members = [.. block.Chunk(37 * TimestepQuantities.Count)];
        Assert.Equal(
            members.Select((values, row) => new GradientEnds(7 + row / 2, row % 2, values[1], values[(last - 1) * TimestepQuantities.Count + 1])),
            reader.TimestepEnds(layer: 1, last));
    }

    [Fact]
    public void A_network_without_time_has_no_rows()
    {
        using (var database = RunDatabase.Create(File))
        using (var batch = database.BeginBatch())
        {
            batch.AddTimestepGradients([0, 1], [long.MaxValue], 0, 0, []);
            batch.Commit();
        }
        using var reader = RunDatabaseReader.Open(File);
        Assert.Empty(reader.TimestepGradients());
    }

    [Fact]
    public void A_block_of_another_size_is_refused()
    {
        using var database = RunDatabase.Create(File);
        using var batch = database.BeginBatch();
        Assert.Throws<ArgumentException>(() => batch.AddTimestepGradients([0], [1], 1, 2, new double[9]));
    }

    /// <summary>Two records of two members and one layer, no two numbers the same, with a NaN and an infinity.</summary>
    private static double[] Block(int timesteps)
    {
        double[] block = [.. Enumerable.Range(0, 4 * timesteps * TimestepQuantities.Count)
            .Select(at => at % TimestepQuantities.Count == (int)TimestepQuantity.Nonfinite ? at : 1 / (at + 1.0))];
        (block[0], block[1]) = (double.NaN, double.PositiveInfinity);
        return block;
    }

    private void Write(int timesteps, double[] block)
    {
        using var database = RunDatabase.Create(File);
        using var batch = database.BeginBatch();
        batch.AddTimestepGradients([7, 8], [long.MaxValue, long.MaxValue], 1, timesteps, block);
        batch.Commit();
    }

    private (string[] Rows, GradientEnds[] Ends) Read(int timesteps)
    {
        using var reader = RunDatabaseReader.Open(File);
        return (
            [.. reader.TimestepGradients().Select(row => Invariant($"{row.Step} {row.Member} {row.Layer} {string.Join(' ', Bits.Of(row.Quantities))} timestep {row.Timestep}"))],
            [.. reader.TimestepEnds(layer: 1, timesteps)]);
    }

    /// <summary>Rows as text: the key, and the values as SQLite has them.</summary>
    private string[] Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            var values = Enumerable.Range(4, TimestepQuantities.Count).Select(column => reader.GetValue(column) is double value
                ? Invariant($"{value:R}") : Invariant($"{reader.GetValue(column)}"));
            rows.Add(Invariant($"{reader.GetInt64(0)} {reader.GetInt64(1)} {reader.GetInt64(2)} {reader.GetInt64(3)}: {string.Join(' ', values)}"));
        }
        return [.. rows];
    }
}
