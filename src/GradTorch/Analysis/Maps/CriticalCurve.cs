namespace GradTorch.Analysis.Maps;

/// <summary>Where in a map theory expects χ₁ = 1: gradients of wide layers keep their size.</summary>
/// <param name="Points">In the order of the curve; empty where it does not cross the map, and without theory.</param>
/// <param name="Obstacle">Why theory does not cover the map, in words; null if it does.</param>
public sealed record CriticalCurve(IReadOnlyList<CriticalCurve.Point> Points, string? Obstacle)
{
    /// <summary>Between two points that cells lie between, as parts of a cell.</summary>
    private const double Step = 0.25;

    /// <summary>The cells that it passes through, by their numbers on both axes.</summary>
    public IReadOnlySet<(int X, int Y)> Cells(MapAxisRecord x, MapAxisRecord y)
    {
        var cells = new HashSet<(int, int)>();
        foreach (var piece in Pieces(x, y))
        {
            Add(piece[0]);
            foreach (var (from, to) in piece.Zip(piece.Skip(1)))
            {
                var parts = (int)Math.Ceiling(Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y)) / Step);
                for (var part = 1; part <= parts; part++)
                {
                    var share = (double)part / parts;
                    Add((from.X + share * (to.X - from.X), from.Y + share * (to.Y - from.Y)));
                }
            }
        }
        return cells;

        void Add((double X, double Y) place)
        {
            var cell = ((int)Math.Round(place.X), (int)Math.Round(place.Y));
            if (cell.Item1 >= 0 && cell.Item1 < x.Values.Count && cell.Item2 >= 0 && cell.Item2 < y.Values.Count) cells.Add(cell);
        }
    }

    /// <summary>What hangs together, in places on the axes. It breaks where the next point is in another piece.</summary>
    public IReadOnlyList<IReadOnlyList<(double X, double Y)>> Pieces(MapAxisRecord x, MapAxisRecord y) =>
    [
        .. Points.GroupBy(point => point.Piece).Select(
            piece => (IReadOnlyList<(double X, double Y)>)[.. piece.Select(point => (x.Place(point.X), y.Place(point.Y)))]),
    ];

    /// <param name="X">Value on the first axis.</param>
    /// <param name="Y">Value on the second.</param>
    /// <param name="Piece">Number of the piece of the curve that it belongs to, from 0.</param>
    public sealed record Point(double X, double Y, int Piece);
}
