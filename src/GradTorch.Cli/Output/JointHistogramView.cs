using System.Globalization;
using GradTorch.Analysis.Dynamics;
using GradTorch.Cli.Terminals;
using GradTorch.Quantities;

namespace GradTorch.Cli.Output;

/// <summary>Joint histograms of one layer as people read them: the gradient's size upwards, and a digit for how many elements lie in a
/// cell.</summary>
internal static class JointHistogramView
{
    private const int Margin = 18, Cell = 2;

    /// <summary>Characters from one labelled edge to the next: the first, 0 and the last.</summary>
    private const int Half = Cell * (JointGrid.FiniteX / 2 - 1);

    public static void Show(IEnumerable<JointHistogram> histograms, string layer, Screen screen)
    {
        foreach (var histogram in histograms)
        {
            screen.Line();
            foreach (var line in Lines(histogram, layer)) screen.Line(line);
        }
        screen.Line("(a digit n: 10ⁿ elements or more, up to ten times as many; a dot: none; bins at the ends are open)");
    }

    private static IEnumerable<string> Lines(JointHistogram histogram, string layer)
    {
        var grid = histogram.Grid;
        yield return $"{layer}, |{grid.Gradient}| by {grid.Quantity}: {NumberText.Plural(histogram.Counts.Sum(column => column.Sum()), "element")}";
        for (var gradient = JointGrid.CountGradients - 1; gradient >= 0; gradient--)
        {
            var own = gradient;
            var cells = histogram.Counts.Select(column => " " + Digit(column[own])).ToList();
            if (gradient == JointGrid.CountGradients - 1 && histogram.Counts.All(column => column[own] == 0)) continue;
            yield return $"{Name(gradient).PadLeft(Margin)}{string.Concat(cells.Take(JointGrid.FiniteX))}  {cells[^1]}";
        }
        yield return new string(' ', Margin + Cell) + Number(grid.LowX(1)).PadRight(Half) + "0".PadRight(Half) + Number(grid.LowX(JointGrid.FiniteX - 1)).PadRight(5) + "not finite";
    }

    private static string Name(int gradient) => gradient switch
    {
        0 => "exactly 0",
        JointGrid.CountGradients - 1 => "not finite",
        1 => $"below {Power(JointGrid.HighExponent(1))}",
        _ => $"from {Power(JointGrid.LowExponent(gradient))}",
    };

    private static string Power(double exponent) => string.Create(CultureInfo.InvariantCulture, $"1e{exponent:+00;-00}");

    private static string Number(double edge) => edge.ToString(CultureInfo.InvariantCulture);

    private static char Digit(long count) => count == 0 ? '·' : (char)('0' + Math.Min(9, (int)Math.Floor(Math.Log10(count))));
}
