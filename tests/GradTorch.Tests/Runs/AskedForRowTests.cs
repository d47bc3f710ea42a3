using GradTorch.Quantities;
using GradTorch.Runs;

namespace GradTorch.Tests.Runs;

/// <summary>The tables of what an experiment asks for.</summary>
public sealed class AskedForRowTests : IDisposable
{
    private readonly RunDatabaseFile file = new();

    public void Dispose() => file.Dispose();

    [Fact]
    public void Numbers_come_back_place_by_place_without_what_is_after_a_members_last_step()
    {
        LayerMeasurePlace[] places = [new(0, "total"), new(1, "dead"), new(2, "dead")];
        Write(batch => batch.AddLayerMeasures([10, 20], [long.MaxValue, 15], places, [1, 2, 3, 4, 5, double.NaN, 7, 8, double.PositiveInfinity, 10, 11, 12]));
        using var reader = RunDatabaseReader.Open(file.Path);
        Assert.Equal(
            [
                new(10, 0, 0, "total", 1), new(10, 0, 1, "dead", 2), new(10, 0, 2, "dead", 3), new(10, 1, 0, "total", 4), new(10, 1, 1, "dead", 5),
                new(10, 1, 2, "dead", double.NaN), new(20, 0, 0, "total", 7), new(20, 0, 1, "dead", 8), new(20, 0, 2, "dead", double.PositiveInfinity),
            ],
            reader.LayerMeasures());
        Assert.All(reader.LayerMeasures(afterStep: 10), row => Assert.Equal(20, row.Step));
    }

    [Fact]
    public void Powers_of_ten_that_hold_nothing_have_no_row()
    {
        // Records × members × layers × powers of ten from −3.
        Write(batch => batch.AddGradientExponents([0, 5], [4, long.MaxValue], layers: 2, first: -3, [0, 2, 3, 0, 0, 1, 4, 0, 0, 0, 0, 0, 9, 9, 9, 9, 9, 9, 0, 0, 6, 0, 7, 0]));
        using var reader = RunDatabaseReader.Open(file.Path);
        Assert.Equal(
            [
                new(0, 0, 1, -2, 2), new(0, 0, 1, -1, 3), new(0, 0, 2, -1, 1), new(0, 1, 1, -3, 4), new(5, 1, 1, -1, 6), new(5, 1, 2, -2, 7),
            ],
            reader.GradientExponents());
        Assert.Equal(2, reader.GradientExponents(afterStep: 0).Count());
    }

    [Fact]
    public void Cells_that_hold_nothing_have_no_row()
    {
        // Records × members × layers × pairs × cells.
        var block = new double[2 * 2 * 3 * 2 * JointGrid.Cells];
        int At(int record, int member, int layer, int pair, int x, int gradient) =>
            ((((record * 2 + member) * 3 + layer) * 2 + pair) * JointGrid.CountX + x) * JointGrid.CountGradients + gradient;
        block[At(0, 0, 0, 0, 0, 0)] = 1;
        block[At(0, 0, 2, 1, 16, 17)] = 2;
        block[At(0, 1, 1, 0, 3, 5)] = 3;
        block[At(1, 0, 1, 1, 8, 0)] = 4;
        block[At(1, 1, 0, 0, 8, 0)] = 5; // After its last step.
        Write(batch => batch.AddJointCounts([10, 20], [long.MaxValue, 15], layers: 3, block));
        using var reader = RunDatabaseReader.Open(file.Path);

        Assert.Equal([new(10, 0, 1, "z", 0, 0, 1), new(10, 0, 3, "w", 16, 17, 2), new(10, 1, 2, "z", 3, 5, 3), new(20, 0, 2, "w", 8, 0, 4)], reader.JointCounts());
        Assert.Single(reader.JointCounts(afterStep: 10));
    }

    [Fact]
    public void Blocks_of_another_size_and_counts_that_are_none_are_refused()
    {
        using var database = RunDatabase.Create(file.Path);
        using var batch = database.BeginBatch();
        Assert.Throws<ArgumentException>(() => batch.AddLayerMeasures([0], [1], [new(1, "dead")], [1, 2]));
        Assert.Throws<ArgumentException>(() => batch.AddGradientExponents([0], [1, 1], 2, 0, [1, 2, 3, 4, 5]));
        Assert.Throws<ArgumentException>(() => batch.AddGradientExponents([0], [1], 1, 0, [0.5]));
        Assert.Throws<ArgumentException>(() => batch.AddJointCounts([0], [1], 1, [1]));
    }

    private void Write(Action<RunDatabaseBatch> write)
    {
        using var database = RunDatabase.Create(file.Path);
        using var batch = database.BeginBatch();
        write(batch);
        batch.Commit();
    }
}
