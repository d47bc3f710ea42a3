using System.Diagnostics;
using GradTorch.Cli.Terminals;
using Spectre.Console;

namespace GradTorch.Cli.Progress;

/// <summary>A few lines at the bottom of a terminal that are drawn anew several times a second by a thread of their own, and
/// go away when the run ends.</summary>
internal sealed class LiveDisplay(Screen screen) : RunDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly ManualResetEventSlim _stop = new();
    private Thread? _drawer;
    private Exception? _failure;

    protected override void OnStarted(RunState state)
    {
        _drawer = new Thread(Draw) { IsBackground = true, Name = "progress" };
        _drawer.Start();
    }

    protected override void Stop()
    {
        _stop.Set();
        _drawer?.Join();
        if (_failure is { } failure) screen.Line($"progress could not be shown: {failure.Message}");
        _failure = null;
    }

    /// <summary>A terminal that can't be drawn on must not end a training.</summary>
    private void Draw()
    {
        try
        {
            DrawUntilStopped();
        }
        catch (Exception exception)
        {
            _failure = exception;
        }
    }

    private void DrawUntilStopped()
    {
        var clock = Stopwatch.StartNew();
        var pace = new Pace(State!.Overview.Plan.Steps);
        screen.Console.Live(new Text("")).AutoClear(true).Start(context =>
        {
            do
            {
                pace.See(clock.Elapsed, State.Overview.StepsDone());
                context.UpdateTarget(LivePicture.Of(State, pace, clock.Elapsed, screen.Console.Profile.Width));
            }
            while (!_stop.Wait(Interval));
        });
    }
}
