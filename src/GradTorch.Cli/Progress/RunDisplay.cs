using GradTorch.Cli.Terminals;
using GradTorch.Studies;
using GradTorch.Training;

namespace GradTorch.Cli.Progress;

/// <summary>Shows a run while it goes on. It hears of the run on the thread that trains and shows it from another, so that
/// a slow terminal never holds up a step; it reads numbers that are on the host, never a tensor.</summary>
internal abstract class RunDisplay : IRunListener, IDisposable
{
    private volatile RunState? _state;

    /// <summary>What is known, or null before the run has started. Replaced as a whole.</summary>
    protected RunState? State => _state;

    public static RunDisplay On(Screen screen) => screen.IsLive ? new LiveDisplay(screen) : new PlainDisplay(screen);

    public void Started(RunOverview overview)
    {
        _state = new RunState(overview) { Diverged = [.. overview.Divergences] };
        OnStarted(_state);
    }

    public void Recorded(TrainingRecord record) => _state = _state!.With(record);

    public void Evaluated(Evaluation evaluation)
    {
        _state = _state! with { Evaluation = evaluation };
        OnEvaluated(_state);
    }

    public void Diverged(Divergence divergence)
    {
        _state = _state! with { Diverged = _state.Diverged.Add(divergence) };
        OnDiverged(_state);
    }

    public void Ended(RunOutcome outcome) => Stop();

    /// <summary>Stops showing, also when the run failed.</summary>
    public void Dispose() => Stop();

    protected abstract void OnStarted(RunState state);

    protected virtual void OnEvaluated(RunState state)
    {
    }

    protected virtual void OnDiverged(RunState state)
    {
    }

    /// <summary>May be called twice, and before the run has started.</summary>
    protected abstract void Stop();
}
