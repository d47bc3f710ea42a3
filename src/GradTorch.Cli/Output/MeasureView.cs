using GradTorch.Cli.Terminals;
using Spectre.Console;

namespace GradTorch.Cli.Output;

/// <summary>What an experiment asks to be measured, as people read it: a row for each layer.</summary>
internal static class MeasureView
{
    /// <summary>Shows nothing where nothing is asked for.</summary>
    /// <param name="layers">Names, from layer 1 on.</param>
    /// <param name="measures">Of table layer_measure; layer 0 is the whole network.</param>
    /// <param name="exponents">Of table gradient_exponent, of one member or of several.</param>
    public static void Show(
        IReadOnlyList<string> layers, IReadOnlyList<(int Layer, string Name, double Value)> measures,
        IReadOnlyList<(int Layer, int Exponent, long Count)> exponents, Screen screen)
    {
        if (measures.Count == 0) return;
        string[] names = [.. measures.Select(measure => measure.Name).Distinct()];
        var powers = exponents.Where(power => power.Count > 0).ToLookup(power => power.Layer, power => (power.Exponent, power.Count));
        string[] quantiles = powers.Count == 0 ? [] : ["δ least", "δ median", "δ most"];
        var table = TableStyle.OfNumbers("measured", [.. names.Select(name => name.Replace('_', '\n')), .. quantiles]);
        var values = measures.ToLookup(measure => (measure.Layer, measure.Name), measure => measure.Value);
        int[] shown = [.. LayerSelection.Of(layers.Count).Select(index => index + 1)];
        foreach (var layer in measures.Any(measure => measure.Layer == 0) ? shown.Prepend(0) : shown)
        {
            string[] ofPowers = quantiles.Length == 0 ? [] : Quantiles([.. powers[layer].OrderBy(power => power.Exponent)]);
            table.AddRow(
            [
                layer == 0 ? "network" : layers[layer - 1],
                .. names.Select(name => values[(layer, name)].Select(NumberText.General).DefaultIfEmpty("").First()), .. ofPowers,
            ]);
        }
        screen.ShowWhole(table);
    }

    /// <summary>The smallest power of ten that holds something, that of the middle element, and the largest.</summary>
    private static string[] Quantiles((int Exponent, long Count)[] powers)
    {
        if (powers.Length == 0) return ["–", "–", "–"];
        var (half, before) = (powers.Sum(power => power.Count) / 2, 0L);
        var middle = powers.First(power => (before += power.Count) > half).Exponent;
        return [Power(powers[0].Exponent), Power(middle), Power(powers[^1].Exponent)];
    }

    private static string Power(int exponent) => FormattableString.Invariant($"1e{exponent:+00;-00}");
}
