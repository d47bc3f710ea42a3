using ScottPlot;
using ScottPlot.Plottables;

namespace GradTorch.Reports.Painting;

/// <summary>Cells of one size side by side, none blended with its neighbours.</summary>
/// <param name="Columns">From the left.</param>
/// <param name="Rows">From the bottom.</param>
/// <param name="Place">Of all of them on the axes.</param>
internal sealed record CellImage(int Columns, int Rows, CoordinateRect Place)
{
    /// <summary>Pixels of the drawing that there are at least, along each side: programs blur images that they enlarge.</summary>
    private const int Fine = 1200;

    /// <param name="number">Of a cell, by column and row; one that is NaN is see-through.</param>
    public Heatmap Add(Plot plot, Func<int, int, double> number, IColormap colours, AxisRange range)
    {
        var (wide, high) = (Math.Max(1, Fine / Columns), Math.Max(1, Fine / Rows));
        var cells = new double[high * Rows, wide * Columns];
        for (var row = 0; row < high * Rows; row++)
        {
            // The first row of a heatmap is at the top.
            for (var column = 0; column < wide * Columns; column++) cells[row, column] = number(column / wide, Rows - 1 - row / high);
        }
        var heatmap = plot.Add.Heatmap(cells);
        heatmap.Colormap = colours;
        heatmap.ManualRange = new ScottPlot.Range(range.Low, range.High);
        heatmap.NaNCellColor = Colors.Transparent;
        heatmap.Position = Place;
        return heatmap;
    }
}
