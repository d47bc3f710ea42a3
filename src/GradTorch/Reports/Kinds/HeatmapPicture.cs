using GradTorch.Analysis;
using GradTorch.Analysis.Comparisons;
using GradTorch.Quantities;
using GradTorch.Runs;

namespace GradTorch.Reports.Kinds;

/// <summary>A norm of every place at every record: where the gradient dies, and when.</summary>
public sealed class HeatmapPicture : PictureKind
{
    public override string Name => "heatmap";

    public override string Meaning => "a norm by step and hidden layer (recurrent nets: timestep), by colour; zeros and what is not finite stand out";

    public override int MostVariants => 6;

    public override IReadOnlyList<string> Quantities { get; } = QuantityAxis.DefaultFirst(
        LayerQuantities.Columns.Union(TimestepQuantities.Columns).Where(QuantityAxis.IsNorm));

    public override string? Obstacle(ComparedVariant variant) => variant.Route is null ? NoGradients : null;

    public override Picture Of(IReadOnlyList<ComparedVariant> variants, PictureRequest request)
    {
        var column = request.Quantity ?? Quantities[0];
        var axis = QuantityAxis.Of(column);
        return new Picture(
            Title(variants, axis.Label + " by step"), [.. variants.Select(variant => PanelOf(variant, column, axis, variants.Count == 1 ? "" : variant.Name))],
            "Medians over the members.");
    }

    private static HeatmapPanel PanelOf(ComparedVariant variant, string column, Axis axis, string title)
    {
        var members = variant.Members.Select(member => member.Verdicts?.Member).ToHashSet();
        // What only layers have, as weights, is by layer in recurrent nets too.
        var layer = TimestepQuantities.Columns.Contains(column) ? variant.Route!.RecurrentLayer : null;
        if (layer is null && !LayerQuantities.Columns.Contains(column))
            throw new RunException($"{variant.Directory} has no {column}: its network is not recurrent. Give runs of recurrent networks, or another quantity.");
        var columns = RunDatabaseReader.Read(RunDirectory.Open(variant.Directory).DatabaseFile, database => layer is null
            ? Columns(
                database.LayerGradients().Where(row => members.Contains(row.Member)), row => row.Step, row => row.Layer,
                row => row.Quantities[LayerQuantities.Columns.ToList().IndexOf(column)], leftOut: 1)
            : Columns(
                database.TimestepGradients().Where(row => row.Layer == layer && members.Contains(row.Member)), row => row.Step, row => row.Timestep,
                row => row.Quantities[TimestepQuantities.Columns.ToList().IndexOf(column)], leftOut: 0));
        return new HeatmapPanel(title, new Axis("step"), new Axis(layer is null ? "hidden layer" : "timestep"), axis, columns);
    }

    /// <param name="leftOut">Places at the end: the output layer.</param>
    private static IReadOnlyList<HeatmapColumn> Columns<T>(
        IEnumerable<T> rows, Func<T, long> step, Func<T, int> place, Func<T, double> value, int leftOut) =>
    [
        .. rows.Select(row => (Step: step(row), Place: place(row), Value: value(row))).GroupBy(row => row.Step).Select(record => new HeatmapColumn(
            record.Key,
            [.. record.GroupBy(row => row.Place, row => row.Value).OrderBy(own => own.Key).SkipLast(leftOut).Select(Median.Of)])),
    ];
}
