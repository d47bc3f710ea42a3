using GradTorch.Quantities;
using GradTorch.Runs;

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
}
