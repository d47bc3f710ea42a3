using GradTorch.Quantities;
using GradTorch.Runs;

namespace GradTorch.Tests.Oracles;

/// <summary>The chain of one layer, row by row of the database.</summary>
internal static class ChainOracle
{
    /// <returns>How often it went from alive to vanished, and from vanished to alive, with the chances of either.</returns>
    public static (int Vanishing, int Alive, int Return, int Vanished) Count(IReadOnlyList<LayerGradientRow> rows, int layer, int last, double limit)
    {
        var (vanishing, alive, back, vanished) = (0, 0, 0, 0);
        foreach (var member in rows.Select(row => row.Member).Distinct())
        {
            bool? before = null;
            foreach (var step in rows.Where(row => row.Member == member).Select(row => row.Step).Distinct().Order())
            {
                double Delta(int of) => rows.Single(row => row.Step == step && row.Member == member && row.Layer == of)[LayerQuantity.PreactivationGradient];
                bool? isVanished = double.IsFinite(Delta(layer)) && double.IsFinite(Delta(last)) ? Delta(layer) / Delta(last) <= limit : null;
                if (before == false && isVanished is not null) alive++;
                if (before == false && isVanished == true) vanishing++;
                if (before == true && isVanished is not null) vanished++;
                if (before == true && isVanished == false) back++;
                before = isVanished;
            }
        }
        return (vanishing, alive, back, vanished);
    }
}
