using GradTorch.Cli.Terminals;
using GradTorch.Gradients;
using GradTorch.Studies;
using Spectre.Console;

namespace GradTorch.Cli.Output;

/// <summary>A step that diverged, gone through again, as people read it.</summary>
internal static class TraceView
{
    /// <summary>Operations that are shown before the first that gave something not finite, and after it.</summary>
    private const int Before = 12, After = 2;

    /// <param name="members">All that diverged.</param>
    public static void Show(DivergenceTrace trace, IReadOnlyList<int> members, Screen screen)
    {
        var origin = trace.Points.TakeWhile(point => point.Nonfinite == 0).Count();
        var table = TableStyle.OfNumbers("operation", "largest", "not finite");
        foreach (var point in trace.Points.Skip(origin - Before).Take(Math.Min(Before, origin) + 1 + After))
        {
            table.AddRow(
                Markup.Escape($"{Name(point.Pass)} {Place(point)}: {point.Operation}"), NumberText.Scientific(point.Largest),
                point.Nonfinite == 0 ? "–" : NumberText.Count(point.Nonfinite));
        }
        screen.ShowWhole(table);
        screen.Line(trace.Origin is { } first
            ? $"member {trace.Member}, step {NumberText.Count(trace.Step)}: the first that is not finite is {first.Operation} of {Place(first)}, on the way {Name(first.Pass)}"
            : $"member {trace.Member}, step {NumberText.Count(trace.Step)}: everything is finite here; the run saw it begin in layer {trace.Layer}");
        if (trace.LargestBefore is { } largest)
            screen.Line($"the largest magnitude before: {NumberText.Scientific(largest.Largest)}, {largest.Operation} of {Place(largest)}, on the way {Name(largest.Pass)}");
        if (members.Count > 1) screen.Line($"members that diverged: {string.Join(", ", members)} (--member)");
    }

    private static string Name(TracePass pass) => pass == TracePass.Forward ? "forwards" : "back";

    private static string Place(TracePoint point) => point.Timestep is { } timestep ? $"{point.Layer} at timestep {NumberText.Count(timestep)}" : point.Layer;
}
