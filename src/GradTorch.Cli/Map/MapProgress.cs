using System.Diagnostics;
using GradTorch.Cli.Output;
using GradTorch.Cli.Terminals;
using Spectre.Console;

namespace GradTorch.Cli.Map;

/// <summary>Shows how far a map is: a bar, or on what is no terminal a line every ten seconds.</summary>
internal static class MapProgress
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <param name="total">Cells that are to be computed.</param>
    /// <param name="work">Does it, and says of each number of cells that it is done.</param>
    public static void Show(Screen screen, int total, Action<Action<int>> work)
    {
        if (screen.IsLive) ShowBar(screen, total, work);
        else ShowLines(screen, total, work);
    }

    private static void ShowBar(Screen screen, int total, Action<Action<int>> work) =>
        screen.Console.Progress().AutoClear(true).Start(context =>
        {
            var bar = context.AddTask($"{NumberText.Count(total)} cells", maxValue: total);
            work(cells => bar.Increment(cells));
        });

    private static void ShowLines(Screen screen, int total, Action<Action<int>> work)
    {
        var (done, clock, next) = (0, Stopwatch.StartNew(), TimeSpan.Zero);
        work(cells =>
        {
            done += cells;
            if (clock.Elapsed < next || done == total) return;
            next = clock.Elapsed + Interval;
            screen.Line($"{NumberText.Count(done)} of {NumberText.Plural(total, "cell")}, {NumberText.Duration(clock.Elapsed * ((double)(total - done) / done))} left");
        });
    }
}
