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
    public void Blocks_of_another_size_and_counts_that_are_none_are_refused()
    {
        using var database = RunDatabase.Create(file.Path);
        using var batch = database.BeginBatch();
        Assert.Throws<ArgumentException>(() => batch.AddLayerMeasures([0], [1], [new(1, "dead")], [1, 2]));
        Assert.Throws<ArgumentException>(() => batch.AddGradientExponents([0], [1, 1], 2, 0, [1, 2, 3, 4, 5]));
        Assert.Throws<ArgumentException>(() => batch.AddGradientExponents([0], [1], 1, 0, [0.5]));
    }

    private void Write(Action<RunDatabaseBatch> write)
    {
        using var database = RunDatabase.Create(file.Path);
        using var batch = database.BeginBatch();
        write(batch);
        batch.Commit();
    }
}
