using GradTorch.Configuration;
using GradTorch.Runs;
using Microsoft.Data.Sqlite;

namespace GradTorch.Tests.Studies;

/// <summary>Runs that end before their last step: stopped by the user, or by an error.</summary>
public sealed class EndedRunTests(SmallImages images) : IClassFixture<SmallImages>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void Stopped_between_steps_it_does_no_further_one_and_everything_is_in_the_database()
    {
        using var output = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var run = StudyRun.Of(
            Endless(output.Path), new StudyListener
            {
                OnRecorded = record =>
                {
                    if (record.ScalarSteps[^1] >= 20) stop.Cancel();
                },
            }, cancellation: stop.Token);
        // Flushes of 7 steps, and one more by the evaluation after 15: the first that has step 20 ends with 21.
        Assert.Equal(22, run.Outcome.Steps);
        AssertInterrupted(run);
    }

    [Fact]
    public async Task Stopped_from_another_thread_it_ends_within_a_step()
    {
        using var output = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        long doneWhenStopped = 0;
        Task? stopper = null;
        var run = StudyRun.Of(
            // Flushes are rare: what lies in the buffers when it is stopped must still reach the database.
            Endless(output.Path) with { Gradients = new GradientSection { Every = 10, Flush = 1_000_000 } },
            new StudyListener
            {
                OnStarted = overview => stopper = Task.Run(async () =>
                {
                    while (overview.StepsDone() < 33) await Task.Yield();
                    await stop.CancelAsync();
                    doneWhenStopped = overview.StepsDone();
                }),
            }, cancellation: stop.Token);
        Assert.NotNull(stopper);
        await stopper.WaitAsync(Patience);
        Assert.InRange(run.Outcome.Steps, 33, doneWhenStopped + 1);
        AssertInterrupted(run);
    }

    [Fact]
    public void Stopped_before_it_began_it_has_no_steps()
    {
        using var output = new TemporaryFolder();
        var run = StudyRun.Of(Endless(output.Path), cancellation: new CancellationToken(canceled: true));
        Assert.Equal(0, run.Outcome.Steps);
        AssertInterrupted(run);
    }

    /// <summary>An evaluation can take as long as many steps.</summary>
    [Fact]
    public void Stopped_in_the_last_evaluation_it_ends_without_it_and_is_not_finished()
    {
        using var output = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var small = StudyRun.Small(images, output.Path);
        var run = StudyRun.Of(
            small with { Training = small.Training with { Steps = 20, EvaluateEvery = 0 } }, new StudyListener
            {
                // What is recorded is handed over before it is evaluated.
                OnRecorded = record =>
                {
                    if (record.ScalarSteps[^1] == 19) stop.Cancel();
                },
            }, cancellation: stop.Token);
        Assert.Equal(20, run.Outcome.Steps);
        Assert.DoesNotContain(run.Read(reader => reader.Evaluations()), row => row.Step == 20);
        AssertInterrupted(run);
    }

    [Theory]
    [InlineData("started")]
    [InlineData("recorded")]
    [InlineData("evaluated")]
    public async Task A_listener_that_throws_fails_the_run(string when)
    {
        using var output = new TemporaryFolder();
        void Throw(string now)
        {
            if (now == when) throw new InvalidOperationException("the terminal is gone");
        }
        var listener = new StudyListener
        {
            OnStarted = _ => Throw("started"), OnRecorded = _ => Throw("recorded"), OnEvaluated = _ => Throw("evaluated"),
        };
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Task.Run(() => StudyRun.Of(Endless(output.Path), listener)).WaitAsync(Patience));
        Assert.Equal("the terminal is gone", thrown.Message);
        AssertFailed(output.Path, "the terminal is gone");
    }

    [Fact]
    public async Task A_database_that_can_not_be_written_fails_the_run()
    {
        using var output = new TemporaryFolder();
        var listener = new StudyListener { OnStarted = overview => DropScalars(overview.Directory.DatabaseFile) };
        await Assert.ThrowsAsync<RunException>(
            () => Task.Run(() => StudyRun.Of(Endless(output.Path), listener)).WaitAsync(Patience));
        AssertFailed(output.Path, "scalar");
    }

    /// <summary>Far fewer records than the queue holds, so that the writer may fail when nothing more is handed to it.</summary>
    [Fact]
    public async Task A_database_that_can_not_take_the_last_record_fails_the_run()
    {
        using var output = new TemporaryFolder();
        var small = StudyRun.Small(images, output.Path);
        var listener = new StudyListener { OnStarted = overview => DropScalars(overview.Directory.DatabaseFile) };
        await Assert.ThrowsAsync<RunException>(() => Task.Run(() => StudyRun.Of(
            small with { Training = small.Training with { Steps = 3, EvaluateEvery = 0 } }, listener)).WaitAsync(Patience));
        AssertFailed(output.Path, "scalar");
    }

    [Fact]
    public void A_run_directory_that_can_not_be_made_is_told_before_anything_is_trained()
    {
        using var output = new TemporaryFolder();
        output.Write("occupied", []);
        Assert.Throws<RunException>(() => StudyRun.Of(Endless(output.File("occupied"))));
    }

    private Experiment Endless(string output)
    {
        var small = StudyRun.Small(images, output);
        return small with { Training = small.Training with { Steps = 10_000_000 } };
    }

    private static void AssertInterrupted(StudyRun run)
    {
        Assert.Equal(RunExit.Interrupted, run.Outcome.Exit);
        var manifest = run.Directory.ReadManifest();
        Assert.Equal(RunExit.Interrupted, manifest.Exit);
        Assert.NotNull(manifest.End);
        Assert.Equal((run.Outcome.Steps, 3, 0), (manifest.Steps, manifest.Result!.Members, manifest.Result.Diverged));
        Assert.All(run.Read(reader => reader.Members()), member => Assert.Equal(MemberStatus.Stopped, member.Status));
        var steps = Enumerable.Range(0, (int)run.Outcome.Steps).Select(step => (long)step).ToArray();
        var every = run.Outcome.Steps > 0 && run.Read(reader => reader.LayerGradients()).Any(row => row.Step == 1) ? 1 : 10;
        Assert.Equal(steps, run.Read(reader => reader.Scalars()).Select(row => row.Step).Distinct());
        Assert.Equal(steps.Where(step => step % every == 0), run.Read(reader => reader.LayerGradients()).Select(row => row.Step).Distinct());
        Assert.All(
            run.Read(reader => reader.Scalars()).GroupBy(row => row.Step), step => Assert.Equal(3 * 4, step.Count()));
    }

    private static void AssertFailed(string output, string error)
    {
        var directory = RunDirectory.Open(Assert.Single(Directory.GetDirectories(Path.Combine(output, "small"))));
        var manifest = directory.ReadManifest();
        Assert.Equal(RunExit.Failed, manifest.Exit);
        Assert.Contains(error, manifest.Error, StringComparison.Ordinal);
        Assert.NotNull(manifest.End);
        Assert.Contains(error, File.ReadAllText(directory.LogFile), StringComparison.Ordinal);
    }

    private static void DropScalars(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "DROP TABLE scalar";
        command.ExecuteNonQuery();
    }
}
