using GradTorch.Runs;

namespace GradTorch.Analysis;

/// <summary>What was measured because the experiment asks for it, at the first and at the last record of a run.</summary>
/// <param name="Measures">Layer after layer; empty where nothing is asked for.</param>
/// <param name="Exponents">Layer after layer, powers of ten that hold something at either record.</param>
public sealed record MeasureProfile(IReadOnlyList<MeasureChange> Measures, IReadOnlyList<ExponentChange> Exponents)
{
    /// <summary>Reads these two records and none between.</summary>
    internal static MeasureProfile Read(RunDatabaseReader database, long firstStep, long lastStep)
    {
        ILookup<(int Layer, string Name), double> MeasuresAt(long step) => database.LayerMeasures(step - 1)
            .TakeWhile(row => row.Step == step).ToLookup(row => (row.Layer, row.Name), row => row.Value);
        ILookup<(int Layer, int Exponent), long> ExponentsAt(long step) => database.GradientExponents(step - 1)
            .TakeWhile(row => row.Step == step).ToLookup(row => (row.Layer, row.Exponent), row => row.Count);
        var (first, last) = (MeasuresAt(firstStep), MeasuresAt(lastStep));
        var (firstCounts, lastCounts) = (ExponentsAt(firstStep), ExponentsAt(lastStep));
        return new MeasureProfile(
            [
                .. first.Select(row => row.Key).OrderBy(key => key.Layer).Select(key => new MeasureChange(
                    key.Layer, key.Name, Median.Of(first[key]), Median.Of(last[key]))),
            ],
            [
                .. firstCounts.Concat(lastCounts).Select(row => row.Key).Distinct().Order().Select(key => new ExponentChange(
                    key.Layer, key.Exponent, firstCounts[key].Sum(), lastCounts[key].Sum())),
            ]);
    }
}

/// <summary>A number of table layer_measure: medians over the members.</summary>
/// <param name="Layer">From 1; 0 for the whole network.</param>
public sealed record MeasureChange(int Layer, string Name, double First, double Last);

/// <summary>A power of ten of table gradient_exponent: the elements of all members together.</summary>
/// <param name="Layer">From 1.</param>
public sealed record ExponentChange(int Layer, int Exponent, long First, long Last);
