using GradTorch.Cli.Output;
using GradTorch.Cli.Terminals;
using GradTorch.Theory;
using Spectre.Console;

namespace GradTorch.Cli.Theories;

/// <summary>How steep the units of tanh(nx) are, and where they are steep enough.</summary>
internal sealed class SlopeTheory : TheoryKind
{
    private const int StandardDepth = 50, LargestDepth = 1_000_000;

    private const double StandardSlope = 2;

    public override string Name => "slope";

    public override string Purpose => "tanh(nx): where a unit is steep enough for the gradient, and the best n";

    public override IReadOnlyList<VerbOption> Options { get; } =
    [
        new("--n", "N", "slope of tanh(nx) at 0, above 0; 2 without it"),
        DepthOptions.Depth,
    ];

    public override ExitCode Run(Invocation invocation)
    {
        var n = invocation.Options.PositiveNumber("--n") ?? StandardSlope;
        var depth = invocation.Options.Integer("--depth", 1, LargestDepth) ?? StandardDepth;
        if (invocation.Json)
        {
            invocation.Terminal.Output.Json(new Dictionary<string, object?>
            {
                ["n"] = n, ["depth"] = depth, ["max_slope"] = n,
                ["threshold_1"] = TanhSlope.Threshold(n, 1),
                ["threshold_2"] = TanhSlope.Threshold(n, 2),
                ["threshold_depth"] = TanhSlope.Threshold(n, depth),
                ["best_n_1"] = TanhSlope.Best(1),
                ["best_n_2"] = TanhSlope.Best(2),
                ["best_n_depth"] = TanhSlope.Best(depth),
            });
        }
        else
        {
            Show(n, depth, invocation.Screen);
        }
        return ExitCode.Done;
    }

    private static void Show(double n, int depth, Screen screen)
    {
        var slope = NumberText.General(n);
        screen.Line($"tanh({slope} x), slope {slope} sech²({slope} x): at most {slope}, at x = 0");
        var table = TableStyle.Of("K", "slope above", "where |x| <", "best n", "there");
        foreach (var (count, name, meaning) in ((int, string, string)[])
        [
            (1, "1", "a unit makes the gradient larger"),
            (2, "2", "one other unit at its steepest makes up for it"),
            (depth, $"depth = {NumberText.Count(depth)}", $"the {NumberText.Plural(depth - 1, "other")} of a path at their steepest make up for it"),
        ])
        {
            table.AddRow(
                name, NumberText.General(Math.Pow(n, 1 - count)),
                TanhSlope.Threshold(n, count) is { } threshold ? NumberText.General(threshold) : "–",
                NumberText.General(TanhSlope.Best(count)), meaning);
        }
        screen.Show(table);
        screen.Line(n <= TanhSlope.Flat
            ? $"With n ≤ 1 no unit is steeper than 1: there is no threshold, and every layer makes the gradient smaller, all the more the further x is from 0."
            : $"t_K = artanh(√(1 − n^−K))/n. The best n makes t_K the largest: a larger n is steeper, but in a narrower band.");
        screen.Line("Which share of a net's units lies inside each, by layer: probe or run CONFIG --gradients:measure inside.");
    }
}
