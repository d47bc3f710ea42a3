using System.Diagnostics;
using GradTorch.Cli.Output;
using GradTorch.Cli.Terminals;

namespace GradTorch.Cli.Progress;

/// <summary>Plain lines for logs and pipes: the start, each evaluation and divergence, and one line every ten
/// seconds.</summary>
internal sealed class PlainDisplay(Screen screen) : RunDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Stopwatch _clock = new();
    private Timer? _timer;
    private Pace? _pace;

    protected override void OnStarted(RunState state)
    {
        screen.Line(RunLines.Title(state));
        screen.Line($"run directory: {state.Overview.Directory.Path}");
        _clock.Start();
        _pace = new Pace(state.Overview.Plan.Steps);
        _pace.See(TimeSpan.Zero, state.Overview.StepsDone());
        _timer = new Timer(_ => Report(), null, Interval, Interval);
    }

    protected override void OnEvaluated(RunState state) =>
        screen.Line($"step {NumberText.Count(state.Evaluation!.Step)}: {Joined(RunLines.Training(state), RunLines.Test(state))}");

    protected override void OnDiverged(RunState state) => screen.Line(RunLines.Diverged(state));

    /// <summary>Waits for a line that is being written, so that none comes after the outcome.</summary>
    protected override void Stop() => _timer?.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private void Report()
    {
        var state = State!;
        _pace!.See(_clock.Elapsed, state.Overview.StepsDone());
        var gradients = state.Norms.Count == 0
            ? ""
            : $"‖∂L/∂W‖ {NumberText.Scientific(state.Norms[0])} in {state.Overview.Layers[0]}, {NumberText.Scientific(state.Norms[^1])} in {state.Overview.Layers[^1]}";
        var timesteps = state.TimestepNorms.Count == 0
            ? ""
            : $"‖∂L/∂h_1‖ {NumberText.Scientific(state.TimestepNorms[0])}, ‖∂L/∂h_{state.TimestepNorms.Count}‖ {NumberText.Scientific(state.TimestepNorms[^1])} in {state.Overview.Layers[state.Overview.RecurrentLayers - 1]}";
        screen.Line(Joined(RunLines.Steps(state, _pace), RunLines.Training(state), gradients, timesteps));
    }

    private static string Joined(params string[] parts) => string.Join("  ", parts.Where(part => part.Length > 0));
}
