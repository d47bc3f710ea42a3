using System.Text;

namespace GradTorch.Cli.Progress;

/// <summary>Norms by layer, or by timestep, as one line of blocks, the first on the left, on a logarithmic scale from the
/// smallest to the largest.</summary>
/// <param name="Blocks">At most the width asked for: a block, <see cref="NotFinite"/> or <see cref="Zero"/> for each
/// norm, or for each group of neighbours where there are more norms than columns.</param>
/// <param name="Min">The smallest norm that is finite and above 0; NaN if there is none.</param>
/// <param name="Max">The largest of these.</param>
/// <param name="Zeros">Norms that are exactly 0.</param>
/// <param name="NotFinites">Norms that are NaN or infinite.</param>
internal sealed record NormSparkline(string Blocks, double Min, double Max, int Zeros, int NotFinites)
{
    public const char NotFinite = '!';
    public const char Zero = '0';

    private const string Levels = "▁▂▃▄▅▆▇█";

    public static NormSparkline Of(IReadOnlyList<double> norms, int width)
    {
        var positive = norms.Where(norm => double.IsFinite(norm) && norm > 0).ToList();
        var (min, max) = positive.Count == 0 ? (double.NaN, double.NaN) : (positive.Min(), positive.Max());
        var columns = Math.Min(norms.Count, Math.Max(1, width));
        var blocks = new StringBuilder(columns);
        for (var column = 0; column < columns; column++)
        {
            var (from, to) = (column * norms.Count / columns, (column + 1) * norms.Count / columns);
            blocks.Append(Block([.. norms.Skip(from).Take(to - from)], min, max));
        }
        return new NormSparkline(
            blocks.ToString(), min, max, norms.Count(norm => norm == 0), norms.Count(norm => !double.IsFinite(norm)));
    }

    /// <summary>What is wrong with one norm of a group shows; else the group has its smallest norm.</summary>
    private static char Block(double[] group, double min, double max)
    {
        if (group.Any(norm => !double.IsFinite(norm))) return NotFinite;
        if (group.Any(norm => norm == 0)) return Zero;
        var range = Math.Log(max) - Math.Log(min);
        var height = range > 0 ? (Math.Log(group.Min()) - Math.Log(min)) / range : 1;
        return Levels[(int)Math.Round(height * (Levels.Length - 1))];
    }
}
