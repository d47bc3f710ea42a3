using MathNet.Numerics.Integration;

namespace GradTorch.Theory;

/// <summary>The line cut where a function must be cut for it to be a polynomial of degree 15 in between, to 12 digits: at its
/// kinks and jumps, wherever they are, and as finely as it is steep.</summary>
/// <param name="Edges">Rising, with 0 among them.</param>
/// <param name="Breaks">Those at which its value jumps.</param>
/// <remarks>Of a function that is smooth but for some points, and whose finest detail is around 0 or as wide as it is far from
/// it. Beyond the last edge on either side it is taken to be as smooth as there.</remarks>
internal sealed record Pieces(IReadOnlyList<double> Edges, IReadOnlyList<double> Breaks)
{
    private const int Order = 16, Doublings = 30;

    private const double Tolerance = 1e-12, Narrowest = 1e-13, Least = 1e-30, Jump = 1e-6;

    /// <summary>Where a polynomial through the nodes is tried, in parts of a piece from the end near 0: evenly, and ever nearer to
    /// that end, so that what is hidden between it and the first node is seen.</summary>
    private static readonly double[] Trials =
        [.. Enumerable.Range(0, 17).Select(i => (i + 0.5) / 17), .. Enumerable.Range(5, 40).Select(k => Math.Pow(2, -k))];

    private static readonly double[] Nodes = [.. new GaussLegendreRule(0, 1, Order).Abscissas];

    private static readonly double[][] Lagrange = [.. Trials.Select(trial => Nodes.Select(node => Basis(node, trial)).ToArray())];

    public static Pieces Of(Curve curve)
    {
        (double Near, double Far)[] open = [.. Rays().SelectMany(ray => ray)];
        var (edges, scale) = (new SortedSet<double>(), 0.0);
        while (open.Length > 0)
        {
            var values = curve.At([.. open.SelectMany(piece => Nodes.Concat(Trials).Select(part => piece.Near + part * (piece.Far - piece.Near)))])
                .Chunk(Order + Trials.Length).ToArray();
            if (scale == 0) scale = open.Zip(values).Where(pair => pair.First.Near == 0).SelectMany(pair => pair.Second).Max(Math.Abs);
            foreach (var piece in open) edges.UnionWith([piece.Near, piece.Far]);
            open =
            [
                .. open.Zip(values).Where(pair => CanBeCut(pair.First) && !IsPolynomial(pair.Second, scale)).Select(pair => pair.First)
                    .SelectMany(Halves),
            ];
        }
        return new Pieces([.. edges], BreaksAmong(edges, curve, scale));
    }

    /// <summary>From 0 to 1, 2, 4, …, and to −1, −2, −4, ….</summary>
    private static IEnumerable<IEnumerable<(double Near, double Far)>> Rays() =>
        from side in (double[])[1, -1]
        select Enumerable.Range(0, Doublings).Select(k => (k == 0 ? 0 : side * Math.Pow(2, k - 1), side * Math.Pow(2, k)));

    private static IEnumerable<(double Near, double Far)> Halves((double Near, double Far) piece)
    {
        var middle = 0.5 * (piece.Near + piece.Far);
        return [(piece.Near, middle), (middle, piece.Far)];
    }

    private static bool CanBeCut((double Near, double Far) piece) =>
        Math.Abs(piece.Far - piece.Near) > Math.Max(Least, Narrowest * Math.Abs(piece.Far));

    /// <param name="values">At the nodes, then at the trials.</param>
    private static bool IsPolynomial(double[] values, double scale)
    {
        var most = Tolerance * Math.Max(scale, values.Max(Math.Abs));
        return Lagrange.Zip(values.Skip(Order)).All(trial =>
            Math.Abs(trial.First.Zip(values, (basis, value) => basis * value).Sum() - trial.Second) <= most);
    }

    private static double[] BreaksAmong(IReadOnlyCollection<double> edges, Curve curve, double scale)
    {
        // 0 has no relative distance; 1e-300 is the smallest around it that is not denormal.
        var sides = curve.At(
        [
            .. edges.SelectMany(edge => edge == 0 ? (double[])[-1e-300, 1e-300] : [edge * (1 - 10 * Narrowest), edge * (1 + 10 * Narrowest)]),
        ]);
        return [.. edges.Zip(sides.Chunk(2)).Where(pair => IsJump(pair.Second[0], pair.Second[1], scale)).Select(pair => pair.First)];
    }

    private static bool IsJump(double left, double right, double scale) =>
        Math.Abs(left - right) > Jump * Math.Max(scale, Math.Abs(left));

    private static double Basis(double node, double at) =>
        Nodes.Where(other => other != node).Aggregate(1.0, (product, other) => product * (at - other) / (node - other));
}
