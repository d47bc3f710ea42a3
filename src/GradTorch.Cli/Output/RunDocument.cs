using GradTorch.Analysis;
using GradTorch.Analysis.Verdicts;
using GradTorch.Quantities;
using GradTorch.Runs;

namespace GradTorch.Cli.Output;

/// <summary>The outcome of a run as JSON.</summary>
/// <param name="Steps">Updates done, of the <paramref name="PlannedSteps"/>.</param>
/// <param name="Records">The steps of the first and the last record of gradients; null if there were none, and so are
/// <paramref name="Layers"/>, <paramref name="HiddenRatio"/>, <paramref name="Timesteps"/> and <paramref name="TimeRatio"/>.
/// </param>
/// <param name="Groups">The members by what they vary beside their seeds; a single one when they vary nothing.</param>
/// <param name="Layers">Medians over the members.</param>
/// <param name="HiddenRatio">First hidden or recurrent layer by the last one; null where there is one only.</param>
/// <param name="Timesteps">Medians over the members, recurrent layer after recurrent layer; empty for networks without time.
/// </param>
/// <param name="TimeRatio">Timestep 1 by the last timestep, of each recurrent layer.</param>
/// <param name="Measures">What the experiment asks for of table layer_measure, medians over the members; layer 0 is the whole network.</param>
/// <param name="Exponents">Table gradient_exponent where it is asked for, all members together.</param>
internal sealed record RunDocument(
    string Directory, RunExit Exit, long Steps, long PlannedSteps, double Seconds, double StepsPerSecond,
    IReadOnlyList<RunDocument.MemberEntry> Members, IReadOnlyList<MemberGroupEntry> Groups, RunDocument.Pair<long>? Records,
    IReadOnlyList<RunDocument.LayerEntry>? Layers, RunDocument.Pair<RunDocument.Norms>? HiddenRatio,
    IReadOnlyList<TimestepEntry>? Timesteps, IReadOnlyList<TimeRatioEntry>? TimeRatio,
    IReadOnlyList<MeasureChange>? Measures, IReadOnlyList<ExponentChange>? Exponents)
{
    public static RunDocument Of(TrainedRun run)
    {
        var (outcome, summary) = (run.Outcome, run.Summary);
        return new RunDocument(
            outcome.Directory.Path, outcome.Exit, outcome.Steps, run.Planned.Plan.Steps, outcome.Elapsed.TotalSeconds, outcome.Rate,
            [.. summary.Members.Select((member, index) => MemberEntry.Of(member, summary, run.Theory?[index]))],
            [.. summary.Groups.Select(group => MemberGroupEntry.Of(group, summary.Varied))],
            summary.Layers is { } profile ? new Pair<long>(profile.FirstStep, profile.LastStep) : null,
            summary.Layers is null ? null : LayerEntry.Of(summary.Layers),
            summary.Layers is { } layers ? HiddenRatioOf(layers) : null,
            summary.Layers is null ? null : [.. TimestepEntry.Of(summary.Timesteps)],
            summary.Layers is null ? null : [.. TimeRatioEntry.Of(summary.Timesteps)],
            summary.Measured?.Measures, summary.Measured?.Exponents);
    }

    private static Pair<Norms>? HiddenRatioOf(LayerProfile layers) =>
        layers.HiddenRatio(LayerQuantity.WeightGradient) is { } weight
        && layers.HiddenRatio(LayerQuantity.PreactivationGradient) is { } preactivation
            ? new Pair<Norms>(new Norms(weight.First, preactivation.First), new Norms(weight.Last, preactivation.Last))
            : null;

    /// <summary>A thing at the first and at the last record.</summary>
    internal sealed record Pair<T>(T First, T Last);

    internal sealed record Norms(double WeightGradient, double PreactivationGradient);

    /// <param name="First">All columns of table layer_gradient at the first record.</param>
    /// <param name="Last">The same at the last.</param>
    /// <param name="Ratio">Last by first.</param>
    /// <param name="Gain">The factors of the gradient's gain over it; null for the output layer.</param>
    internal sealed record LayerEntry(
        int Layer, string LayerName, OrderedDictionary<string, object?> First, OrderedDictionary<string, object?> Last,
        Norms Ratio, Pair<SplitGain>? Gain)
    {
        public static IReadOnlyList<LayerEntry> Of(LayerProfile profile)
        {
            var first = SplitGain.OfLayers(profile.Layers.Select(layer => layer.First));
            var last = SplitGain.OfLayers(profile.Layers.Select(layer => layer.Last));
            return
            [
                .. profile.Layers.Select((layer, index) => new LayerEntry(
                    layer.Layer, layer.Name, LayerColumns.Of(layer.First), LayerColumns.Of(layer.Last),
                    new Norms(layer.Ratio(LayerQuantity.WeightGradient), layer.Ratio(LayerQuantity.PreactivationGradient)),
                    index < last.Count ? new Pair<SplitGain>(first[index], last[index]) : null)),
            ];
        }
    }

    /// <param name="Varied">Its own values of what members vary beside their seeds.</param>
    /// <param name="Verdicts">Null if no gradient of it was recorded.</param>
    /// <param name="Theory">Null where theory does not cover the network, or nothing was recorded before training.</param>
    internal sealed record MemberEntry(
        int Member, long Seed, OrderedDictionary<string, double?> Varied, MemberStatus Status, long? DivergedStep,
        int? DivergedLayer, int? DivergedTimestep, double? TestLoss, double? TestAccuracy, VerdictsEntry? Verdicts,
        TheoryEntry? Theory)
    {
        public static MemberEntry Of(MemberSummary member, RunSummary run, TheoryEntry? theory)
        {
            var row = member.Row;
            var verdicts = run.Verdicts?.Members.FirstOrDefault(verdicts => verdicts.Member == row.Member);
            return new MemberEntry(
                row.Member, row.Seed, new(run.Varied.ToDictionary(setting => setting.Column, setting => setting.Value(row))), row.Status, row.DivergedStep,
                row.DivergedLayer, row.DivergedTimestep, member.Test?.Loss, member.Test?.Accuracy,
                verdicts is null ? null : VerdictsEntry.Of(verdicts), theory);
        }
    }
}
