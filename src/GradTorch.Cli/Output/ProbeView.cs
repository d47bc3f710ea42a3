using GradTorch.Analysis;
using GradTorch.Analysis.Verdicts;
using GradTorch.Cli.Terminals;
using GradTorch.Quantities;
using GradTorch.Studies;
using Spectre.Console;

namespace GradTorch.Cli.Output;

/// <summary>A probe as people read it: the median over the members, and the verdict.</summary>
internal static class ProbeView
{
    public static void Show(
        IReadOnlyList<MemberProbe> members, GradientRoute route, IReadOnlyList<GradientVerdict> verdicts,
        IReadOnlyList<TheoryEntry>? theory, GradientLimits limits, Screen screen)
    {
        var loss = NumberText.General(Median.Of(members.Select(member => member.Loss)));
        screen.Line(members.Count == 1
            ? $"seed {NumberText.Count(members[0].Seed)}, loss {loss} on one batch"
            : $"medians of {NumberText.Plural(members.Count, "member")}, loss {loss} on one batch");
        ShowLayers(members, screen);
        foreach (var layer in members[0].Timesteps.Select(probe => probe.Layer).Distinct()) ShowTimesteps(members, layer, screen);
        ShowMeasures(members, screen);
        screen.Line();
        VerdictView.Show("at initialisation", route, verdicts, screen);
        TheoryView.Show(theory, verdicts, route, screen);
        screen.Line(VerdictView.Legend(route.Unit, limits));
    }

    private static void ShowLayers(IReadOnlyList<MemberProbe> members, Screen screen)
    {
        var layers = Medians(members, member => member.Layers.Select(layer => layer.Quantities));
        var logarithms = Medians(members, member => member.Layers.Select(layer => layer.LogGradients));
        var gains = SplitGain.OfLogarithms(
            [.. logarithms.Select(layer => layer[(int)LayerQuantity.PreactivationGradient])], [.. logarithms.Select(layer => layer[(int)LayerQuantity.ActivationGradient])]);
        var table = TableStyle.OfNumbers(
            "layer", "‖∂L/∂W‖", "‖∂L/∂b‖", "‖δ‖", "‖∂L/∂a‖", "gain of\nweights", "gain of\nactivation", "‖W‖", "mean a", "std a", "sat", "zero δ");
        foreach (var index in LayerSelection.Of(layers.Length))
        {
            double Value(LayerQuantity quantity) => layers[index][(int)quantity];
            string Norm(LayerQuantity quantity) => NumberText.Scientific(Value(quantity));
            string Gradient(LayerQuantity quantity) => NumberText.Exponential(logarithms[index][(int)quantity]);
            table.AddRow(
                members[0].Layers[index].LayerName, Gradient(LayerQuantity.WeightGradient), Gradient(LayerQuantity.BiasGradient),
                Gradient(LayerQuantity.PreactivationGradient), Gradient(LayerQuantity.ActivationGradient), GainText.OfWeights(gains, index),
                GainText.OfActivation(gains, index), NumberText.General(Value(LayerQuantity.Weight)), Norm(LayerQuantity.ActivationMean),
                Norm(LayerQuantity.ActivationStd), NumberText.Percent(Value(LayerQuantity.Saturated)),
                NumberText.Percent(Value(LayerQuantity.ZeroGradient)));
        }
        screen.ShowWhole(table);
    }

    private static void ShowTimesteps(IReadOnlyList<MemberProbe> members, int layer, Screen screen)
    {
        var timesteps = Medians(
            members, member => member.Timesteps.Where(probe => probe.Layer == layer).Select(probe => probe.Quantities));
        var gains = SplitGain.OfTimesteps(timesteps);
        var name = members[0].Layers[layer - 1].LayerName;
        var table = TableStyle.OfNumbers(
            $"{name}\ntimestep", "‖∂L/∂h_t‖", "‖δ_t‖", "gain of\nweights", "gain of\nactivation", "‖∂L/∂W‖ of t", "zero δ");
        foreach (var timestep in TimestepSelection.Of(timesteps.Length))
        {
            double Value(TimestepQuantity quantity) => timesteps[timestep - 1][(int)quantity];
            string Norm(TimestepQuantity quantity) => NumberText.Scientific(Value(quantity));
            table.AddRow(
                NumberText.Count(timestep), Norm(TimestepQuantity.HiddenGradient), Norm(TimestepQuantity.PreactivationGradient),
                GainText.OfWeights(gains, timestep - 1), GainText.OfActivation(gains, timestep - 1),
                Norm(TimestepQuantity.RecurrentWeightGradient), NumberText.Percent(Value(TimestepQuantity.ZeroGradient)));
        }
        screen.ShowWhole(table);
        double Hidden(int timestep) => timesteps[timestep - 1][(int)TimestepQuantity.HiddenGradient];
        var ratio = Hidden(1) / Hidden(timesteps.Length);
        screen.Line($"{name}: ‖∂L/∂h_1‖ / ‖∂L/∂h_{timesteps.Length}‖ = {NumberText.ScientificOrDash(ratio)}");
    }

    private static void ShowMeasures(IReadOnlyList<MemberProbe> members, Screen screen) => MeasureView.Show(
        [.. members[0].Layers.Select(layer => layer.LayerName)],
        [
            .. members.SelectMany(member => member.Measures).GroupBy(measure => (measure.Layer, measure.Name))
                .Select(same => (same.Key.Layer, same.Key.Name, Median.Of(same.Select(measure => measure.Value)))),
        ],
        [.. members.SelectMany(member => member.Exponents).Select(exponent => (exponent.Layer, exponent.Exponent, exponent.Count))], screen);

    /// <summary>Of each layer or timestep all quantities, in their order.</summary>
    private static double[][] Medians(IEnumerable<MemberProbe> members, Func<MemberProbe, IEnumerable<double[]>> places)
    {
        double[][][] all = [.. members.Select(member => places(member).ToArray())];
        return
        [
            .. all[0].Select((first, place) => first
                .Select((_, quantity) => Median.Of(all.Select(member => member[place][quantity]))).ToArray()),
        ];
    }
}
