using GradTorch.Quantities;
using GradTorch.Runs;
using Microsoft.Data.Sqlite;

namespace GradTorch.Tests.Runs;

/// <summary>What the tables hold of what they were given.</summary>
public sealed class RunDatabaseRowTests : IDisposable
{
    private readonly RunDatabaseFile file = new();

    public void Dispose() => file.Dispose();

    [Fact]
    public void A_block_lands_where_its_order_says()
    {
        var block = RunRows.Block(records: 2);
        using (var database = RunDatabase.Create(file.Path))
        using (var batch = database.BeginBatch())
        {
            batch.AddLayerGradients([10, 20], RunRows.ToTheEnd(RunRows.Members), RunRows.Layers, block);
            batch.AddScalars([10, 20], RunRows.ToTheEnd(RunRows.Members), ["loss", "lr"], [1, 2, 3, 4, 5, 6, 7, 8]);
            batch.Commit();
        }

        // Each number of the block says its own record, member, layer and quantity.
        using var reader = RunDatabaseReader.Open(file.Path);
        var rows = reader.LayerGradients().ToList();
        Assert.Equal(2 * RunRows.Members * RunRows.Layers.Length, rows.Count);
        Assert.All(rows, row =>
        {
            Assert.Equal(RunRows.Layers[row.Layer - 1], row.LayerName);
            for (var quantity = 0; quantity < LayerQuantities.Count; quantity++)
            {
                Assert.Equal(RunRows.Cell(row.Step == 10 ? 0 : 1, row.Member, row.Layer - 1, quantity), row.Quantities[quantity]);
            }
        });
        Assert.Equal($"{RunRows.Cell(1, 1, 2, 2)}", file.Sql("""
            SELECT CAST(preactivation_gradient AS INTEGER) FROM layer_gradient WHERE step = 20 AND member = 1 AND layer = 3
            """));
        Assert.Equal("7,8", file.Sql("SELECT group_concat(CAST(value AS INTEGER)) FROM scalar WHERE step = 20 AND member = 1"));
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
        using var database = RunDatabase.Create(file.Path);
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

        using var reader = RunDatabaseReader.Open(file.Path);
        Assert.Equal([diverged, other], reader.Members());
        using var wrong = database.BeginBatch();
        Assert.Throws<SqliteException>(() => wrong.SetMember(member with { Status = MemberStatus.Diverged }));
    }

    [Fact]
    public void Nothing_is_recorded_of_a_member_after_its_last_step()
    {
        using (var database = RunDatabase.Create(file.Path))
        using (var batch = database.BeginBatch())
        {
            long[] lastSteps = [long.MaxValue, 1];
            batch.AddScalars([1, 2], lastSteps, ["loss"], [10, 11, 20, 21]);
            batch.AddLayerGradients([1, 2], lastSteps, ["a"], new double[4 * LayerQuantities.Count]);
            batch.AddEvaluations(2, lastSteps, "test", [1, 2], [3, 4]);
            batch.Commit();
        }

        using var reader = RunDatabaseReader.Open(file.Path);
        Assert.Equal([(1L, 0, 10.0), (1L, 1, 11.0), (2L, 0, 20.0)], reader.Scalars().Select(row => (row.Step, row.Member, row.Value)));
        Assert.Equal([(1L, 0), (1L, 1), (2L, 0)], reader.LayerGradients().Select(row => (row.Step, row.Member)));
        Assert.Equal([(0, 1.0, 3.0)], reader.Evaluations().Select(row => (row.Member, row.Loss, row.Accuracy)));
    }

    [Fact]
    public void Blocks_of_the_wrong_size_and_fractional_counts_are_refused()
    {
        using var database = RunDatabase.Create(file.Path);
        using var batch = database.BeginBatch();
        var message = Assert.Throws<ArgumentException>(() => batch.AddLayerGradients([0], RunRows.ToTheEnd(2), ["a"], new double[11])).Message;
        Assert.Contains("1 × 2 × 1 × 11 needs 22", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => batch.AddScalars([0, 1], RunRows.ToTheEnd(1), ["a"], [1]));
        Assert.Throws<ArgumentException>(() => batch.AddEvaluations(0, RunRows.ToTheEnd(2), "test", [1, 2], [1]));
        var block = new double[LayerQuantities.Count];
        foreach (var count in new[] { 0.5, -1, double.NaN })
        {
            block[(int)LayerQuantity.Nonfinite] = count;
            Assert.Throws<ArgumentException>(() => batch.AddLayerGradients([0], RunRows.ToTheEnd(1), ["a"], block));
        }
    }
}
