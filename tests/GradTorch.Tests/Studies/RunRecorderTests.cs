using GradTorch.Runs;
using GradTorch.Studies;
using GradTorch.Training;
using Microsoft.Data.Sqlite;

namespace GradTorch.Tests.Studies;

/// <summary>The writer on its own thread: everything in order, and its error to the one who trains.</summary>
public sealed class RunRecorderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void What_is_queued_is_written_when_it_is_finished()
    {
        using var folder = new TemporaryFolder();
        using var database = RunDatabase.Create(folder.File("run.db"));
        using var recorder = new RunRecorder(database, [Member(0), Member(1)], ["output"]);
        for (var step = 0; step < 50; step++) recorder.Recorded(Record(step));
        recorder.Diverged(new Divergence(1, 49, 1));
        recorder.Recorded(Record(50));
        recorder.Evaluated(new Evaluation(50, "test", [1, double.NaN], [0.5, 0]));
        recorder.Finish(MemberStatus.Finished);

        using var reader = RunDatabaseReader.Open(folder.File("run.db"));
        Assert.Equal(51 * 4, reader.Scalars().Count(row => row.Member == 0));
        Assert.Equal(50 * 4, reader.Scalars().Count(row => row.Member == 1));
        Assert.Equal([MemberStatus.Finished, MemberStatus.Diverged], reader.Members().Select(member => member.Status));
        Assert.Equal(0, Assert.Single(reader.Evaluations()).Member);
    }

    /// <summary>The trainer waits for a place in the full queue when the writer fails, and hears of its error, not of the
    /// queue that closed.</summary>
    [Fact]
    public async Task A_trainer_that_waits_for_a_place_hears_why_the_writer_failed()
    {
        using var folder = new TemporaryFolder();
        using var database = RunDatabase.Create(folder.File("run.db"));
        using var other = new SqliteConnection($"Data Source={folder.File("run.db")};Pooling=False");
        other.Open();
        Execute(other, "BEGIN IMMEDIATE");
        using var recorder = new RunRecorder(database, [Member(0), Member(1)], ["output"]);
        var trainer = Task.Run(() =>
        {
            for (var step = 0; ; step++) recorder.Recorded(Record(step));
        });
        Execute(other, "DROP TABLE scalar; COMMIT");
        var thrown = await Assert.ThrowsAsync<SqliteException>(() => trainer.WaitAsync(Patience));
        Assert.Contains("scalar", thrown.Message, StringComparison.Ordinal);
        // Whoever asks again hears the same, and disposing of it does not wait for ever.
        Assert.Throws<SqliteException>(() => recorder.Recorded(Record(0)));
        Assert.Throws<SqliteException>(() => recorder.Finish(MemberStatus.Finished));
    }

    private static MemberRow Member(int member) => new(member, Seed: member, 0.1, 1, 1, 0, 1);

    private static TrainingRecord Record(long step) => new(StepMetrics.NamesOf(true), [step], [1, 2, 3, 4, 5, 6, 7, 8], [], [], []);

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
