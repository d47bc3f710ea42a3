namespace GradTorch.Cli.Progress;

/// <summary>How fast steps go, over the last few seconds rather than since the start, which the first steps and
/// evaluations would distort.</summary>
internal sealed class Pace(long steps)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(8);

    private readonly Queue<(TimeSpan Time, long Steps)> _seen = [];

    /// <summary>Steps in a second; 0 before anything is known.</summary>
    public double StepsPerSecond { get; private set; }

    public long StepsDone { get; private set; }

    public double Fraction => (double)StepsDone / steps;

    /// <summary>Null while the pace is not known.</summary>
    public TimeSpan? Left => StepsPerSecond > 0 ? TimeSpan.FromSeconds((steps - StepsDone) / StepsPerSecond) : null;

    /// <param name="time">Since the start.</param>
    public void See(TimeSpan time, long stepsDone)
    {
        _seen.Enqueue((time, stepsDone));
        while (_seen.Count > 2 && time - _seen.Peek().Time > Window) _seen.Dequeue();
        var (oldTime, oldSteps) = _seen.Peek();
        StepsDone = stepsDone;
        if (time > oldTime) StepsPerSecond = (stepsDone - oldSteps) / (time - oldTime).TotalSeconds;
    }
}
