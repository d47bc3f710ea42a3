using System.Collections.Concurrent;
using GradTorch.Runs;
using GradTorch.Training;

namespace GradTorch.Studies;

/// <summary>Writes a training into its database on a thread of its own, in the order it happened, so that the trainer does
/// not wait for the disk. What is queued is written before <see cref="Finish"/> returns.</summary>
internal sealed class RunRecorder : ITrainingObserver, IDisposable
{
    /// <summary>Flushes that may wait; then the trainer waits too, so that memory stays bounded.</summary>
    private const int MostWaiting = 8;

    private readonly RunDatabase _database;
    private readonly MemberRow[] _members;
    private readonly string[] _layers;
    private readonly int _recurrentLayers;
    private readonly int _timesteps;
    private readonly Action<long>? _recorded;
    private readonly BlockingCollection<Writing> _queue = new(MostWaiting);
    private readonly Task _writer;

    /// <param name="layers">Names of all layers, the recurrent ones first.</param>
    /// <param name="recurrentLayers">How many of them are recurrent.</param>
    /// <param name="timesteps">T of the recurrent layers.</param>
    /// <param name="recorded">Hears, on the thread that writes, up to which step all is in the database.</param>
    public RunRecorder(
        RunDatabase database, MemberRow[] members, IReadOnlyList<string> layers, int recurrentLayers = 0, int timesteps = 0,
        Action<long>? recorded = null)
    {
        (_database, _members, _layers) = (database, members, [.. layers]);
        (_recurrentLayers, _timesteps, _recorded) = (recurrentLayers, timesteps, recorded);
        _writer = Task.Factory.StartNew(
            Write, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        SetMembers();
    }

    /// <summary>The last step to record of each member.</summary>
    private long[] LastSteps() => [.. _members.Select(member => member.DivergedStep ?? long.MaxValue)];

    public void Diverged(Divergence divergence)
    {
        _members[divergence.Member] = Diverged(_members[divergence.Member], divergence);
        SetMembers();
    }

    /// <summary>A member that stopped.</summary>
    public static MemberRow Diverged(MemberRow member, Divergence divergence) => member with
    {
        Status = MemberStatus.Diverged,
        DivergedStep = divergence.Step,
        DivergedLayer = divergence.Layer,
        DivergedTimestep = divergence.Timestep,
    };

    public void Recorded(TrainingRecord record)
    {
        var last = LastSteps();
        Enqueue(batch =>
        {
            batch.AddScalars(record.ScalarSteps, last, record.ScalarNames, record.Scalars);
            batch.AddLayerGradients(record.GradientSteps, last, _layers, record.Gradients);
            batch.AddTimestepGradients(record.GradientSteps, last, _recurrentLayers, _timesteps, record.Timesteps);
            if (record.Measurements is not { } measured) return;
            batch.AddLayerMeasures(record.GradientSteps, last, measured.Places, measured.Values);
            if (measured.Exponents is { } exponents)
                batch.AddGradientExponents(record.GradientSteps, last, _layers.Length, measured.FirstExponent, exponents);
            if (measured.Joint is { } joint) batch.AddJointCounts(record.GradientSteps, last, _layers.Length, joint);
        }, record.ScalarSteps is [.., var step] ? step : null);
    }

    public void Evaluated(Evaluation evaluation)
    {
        var last = LastSteps();
        Enqueue(
            batch => batch.AddEvaluations(evaluation.Step, last, evaluation.Split, evaluation.Losses, evaluation.Accuracies),
            evaluation.Step);
    }

    /// <summary>Has something written outside the database once all that was recorded up to here is in it, for good.</summary>
    /// <returns>Done when it is written, or nothing will be any more.</returns>
    public Task Keep(Action write)
    {
        var written = new TaskCompletionSource();
        Enqueue(new Writing(Rows(), Then: () =>
        {
            write();
            written.SetResult();
        }));
        return Task.WhenAny(written.Task, _writer);
    }

    /// <summary>Gives the members that are still running their last status and waits until all is written.</summary>
    public void Finish(MemberStatus status)
    {
        for (var member = 0; member < _members.Length; member++)
        {
            if (_members[member].Status == MemberStatus.Running)
                _members[member] = _members[member] with { Status = status };
        }
        SetMembers();
        _queue.CompleteAdding();
        _writer.GetAwaiter().GetResult();
    }

    /// <summary>Without <see cref="Finish"/> before it, the training failed: its members count as stopped.</summary>
    public void Dispose()
    {
        try
        {
            if (!_queue.IsAddingCompleted) Finish(MemberStatus.Stopped);
        }
        catch (Exception) when (_writer.IsFaulted)
        {
            // The writer failed first, and that is the error under way.
        }
        Task.WaitAny(_writer);
        _queue.Dispose();
    }

    private void Enqueue(Action<RunDatabaseBatch> work, long? step = null) => Enqueue(new Writing(work, step));

    private void Enqueue(Writing writing)
    {
        try
        {
            _queue.Add(writing);
        }
        catch (InvalidOperationException)
        {
            // The writer failed and takes nothing more, perhaps while this waited for a place. Its own error says why.
            _writer.GetAwaiter().GetResult();
            throw;
        }
    }

    private void SetMembers() => Enqueue(Rows());

    /// <summary>Writes the members as they are now.</summary>
    private Action<RunDatabaseBatch> Rows()
    {
        MemberRow[] now = [.. _members];
        return batch =>
        {
            foreach (var member in now) batch.SetMember(member);
        };
    }

    private void Write()
    {
        try
        {
            foreach (var writing in _queue.GetConsumingEnumerable())
            {
                using (var batch = _database.BeginBatch(durable: writing.Then is not null))
                {
                    writing.Work(batch);
                    batch.Commit();
                }
                if (writing.Step is { } last) _recorded?.Invoke(last);
                writing.Then?.Invoke();
            }
        }
        catch
        {
            _queue.CompleteAdding();
            throw;
        }
    }

    /// <summary>One batch of the database.</summary>
    /// <param name="Step">Up to which all is in the database then; null where that does not change.</param>
    /// <param name="Then">What is done once it is in the database for good.</param>
    private sealed record Writing(Action<RunDatabaseBatch> Work, long? Step = null, Action? Then = null);
}
