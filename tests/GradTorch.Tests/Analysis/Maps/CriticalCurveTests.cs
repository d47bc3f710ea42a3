using GradTorch.Analysis.Maps;

namespace GradTorch.Tests.Analysis.Maps;

public sealed class CriticalCurveTests
{
    private static readonly MapAxisRecord Linear = new("x", false, [0, 1, 2, 3, 4, 5]), Logarithmic = new("y", true, [1, 10, 100, 1000]);

    [Fact]
    public void Places_are_counted_in_cells()
    {
        Assert.Equal(2.5, Linear.Place(2.5), 1e-12);
        Assert.Equal(1.5, Logarithmic.Place(Math.Pow(10, 1.5)), 1e-12);
    }

    [Fact]
    public void It_passes_through_every_cell_between_its_points()
    {
        var steep = new CriticalCurve([new(1, 1, 0), new(1.4, 1000, 0)], null);
        Assert.Equal([(1, 0), (1, 1), (1, 2), (1, 3)], steep.Cells(Linear, Logarithmic).Order());
        var flat = new CriticalCurve([new(0, 10, 0), new(5, 10, 0)], null);
        Assert.Equal(Enumerable.Range(0, 6).Select(x => (x, 1)), flat.Cells(Linear, Logarithmic).Order());
    }

    [Fact]
    public void Pieces_do_not_hang_together_and_what_lies_outside_is_left_out()
    {
        var curve = new CriticalCurve([new(0, 1, 0), new(5, 1000, 1), new(9, 1000, 1)], null);
        Assert.Equal([(0, 0), (5, 3)], curve.Cells(Linear, Logarithmic).Order());
        Assert.Equal([1, 2], curve.Pieces(Linear, Logarithmic).Select(piece => piece.Count));
    }
}
