using GradTorch.Analysis.Comparisons;
using GradTorch.Analysis.Verdicts;
using GradTorch.Runs;

namespace GradTorch.Reports;

/// <summary>What was recorded of a variant's members at one step.</summary>
/// <param name="Places">Layers or timesteps, from the first on, each with all quantities of each member.</param>
internal sealed record VariantRecord(long Step, IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> Places)
{
    /// <summary>The layers at the first and the last record of any of its members, the output layer last.</summary>
    /// <exception cref="RunException">The run can't be read.</exception>
    public static (VariantRecord First, VariantRecord Last) OfLayers(ComparedVariant variant) => Ends(variant, (database, step, members) =>
        Of(step, database.LayerGradientsAt(step).Where(row => members.Contains(row.Member)), row => row.Layer, row => row.Quantities));

    /// <summary>The timesteps of a recurrent layer at the same records.</summary>
    /// <exception cref="RunException">The run can't be read.</exception>
    public static (VariantRecord First, VariantRecord Last) OfTimesteps(ComparedVariant variant, int layer) => Ends(variant, (database, step, members) =>
        Of(step, database.TimestepGradientsAt(step).Where(row => row.Layer == layer && members.Contains(row.Member)), row => row.Timestep, row => row.Quantities));

    /// <summary>Without the output layer.</summary>
    public VariantRecord Hidden => this with { Places = [.. Places.SkipLast(1)] };

    /// <summary>One quantity of each place over the members.</summary>
    /// <param name="quantity">Its index in a block.</param>
    public IReadOnlyList<CurvePoint> Points(int quantity) =>
        [.. Places.Select((members, place) => CurvePoint.Of(place + 1, [.. members.Select(member => member[quantity])]))];

    private static (VariantRecord First, VariantRecord Last) Ends(
        ComparedVariant variant, Func<RunDatabaseReader, long, HashSet<int>, VariantRecord> at)
    {
        MemberVerdicts[] recorded = [.. variant.Members.Select(member => member.Verdicts).OfType<MemberVerdicts>()];
        var members = recorded.Select(member => member.Member).ToHashSet();
        return RunDatabaseReader.Read(RunDirectory.Open(variant.Directory).DatabaseFile, database => (
            at(database, recorded.Min(member => member.First.Step), members), at(database, recorded.Max(member => member.Last.Step), members)));
    }

    private static VariantRecord Of<T>(long step, IEnumerable<T> rows, Func<T, int> place, Func<T, IReadOnlyList<double>> quantities) =>
        new(step, [.. rows.GroupBy(place, quantities).OrderBy(group => group.Key).Select(group => (IReadOnlyList<IReadOnlyList<double>>)[.. group])]);
}
