using GradTorch.Runs;
using Microsoft.Data.Sqlite;

namespace GradTorch.Tests.Runs;

/// <summary>A batch is written whole or not at all.</summary>
public sealed class RunDatabaseBatchTests : IDisposable
{
    private readonly RunDatabaseFile file = new();

    public void Dispose() => file.Dispose();

    [Fact]
    public void A_reader_sees_whole_batches_while_the_writer_goes_on()
    {
        using var database = RunDatabase.Create(file.Path);
        using var reader = RunDatabaseReader.Open(file.Path);
        using (var batch = database.BeginBatch())
        {
            batch.AddScalars([0], RunRows.ToTheEnd(1), ["loss"], [1.5]);
            Assert.Empty(reader.Scalars());
            batch.Commit();
        }

        RunRows.WriteStep(database, 1);
        using (var rows = reader.Scalars().GetEnumerator())
        {
            Assert.True(rows.MoveNext());
            RunRows.WriteStep(database, 2);
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
        using (var database = RunDatabase.Create(file.Path))
        {
            RunRows.WriteStep(database, 0);
            using (var batch = database.BeginBatch())
            {
                batch.AddScalars([1], RunRows.ToTheEnd(1), ["loss"], [1]);
                Assert.Throws<SqliteException>(() => batch.AddScalars([0], RunRows.ToTheEnd(1), ["loss"], [1]));
            }

            RunRows.WriteStep(database, 2);
        }

        using var reader = RunDatabaseReader.Open(file.Path);
        Assert.Equal([0, 2], reader.Scalars().Select(row => row.Step).Distinct());
    }

    [Fact]
    public void A_process_killed_while_it_writes_leaves_every_batch_it_had_committed_whole()
    {
        long said;
        using (var child = ChildProcess.Start(ChildProcess.FillDatabase, file.Path))
        {
            said = child.Said(50);
        }

        using var reader = RunDatabaseReader.Open(file.Path);
        var scalars = reader.Scalars().Select(row => row.Step).CountBy(step => step).ToList();
        var gradients = reader.LayerGradients().Select(row => row.Step).CountBy(step => step).ToList();
        Assert.True(scalars.Count > said);
        Assert.Equal(Enumerable.Range(0, scalars.Count).Select(step => KeyValuePair.Create((long)step, RunRows.Members)), scalars);
        Assert.Equal(scalars.Select(count => KeyValuePair.Create(count.Key, RunRows.Members * RunRows.Layers.Length)), gradients);
        Assert.Equal("ok", file.Sql("PRAGMA integrity_check"));
    }
}
