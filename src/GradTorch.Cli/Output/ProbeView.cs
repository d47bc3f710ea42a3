using GradTorch.Analysis;
using GradTorch.Cli.Terminals;
using GradTorch.Quantities;
using GradTorch.Studies;
using Spectre.Console;

namespace GradTorch.Cli.Output;

/// <summary>A probe as people read it: the median over the members.</summary>
internal static class ProbeView
{
    public static void Show(IReadOnlyList<MemberProbe> members, Screen screen)
    {
        var layers = members[0].Layers;
        var table = TableStyle.OfNumbers("layer", "‖∂L/∂W‖", "‖∂L/∂b‖", "‖δ‖", "‖∂L/∂a‖", "‖W‖", "mean a", "std a", "sat", "zero δ");
        foreach (var index in LayerSelection.Of(layers.Count))
        {
            double Value(LayerQuantity quantity) =>
                Median.Of(members.Select(member => member.Layers[index].Quantities[(int)quantity]));
            string Norm(LayerQuantity quantity) => NumberText.Scientific(Value(quantity));
            table.AddRow(
                layers[index].LayerName, Norm(LayerQuantity.WeightGradient), Norm(LayerQuantity.BiasGradient),
                Norm(LayerQuantity.PreactivationGradient), Norm(LayerQuantity.ActivationGradient),
                NumberText.General(Value(LayerQuantity.Weight)), Norm(LayerQuantity.ActivationMean),
                Norm(LayerQuantity.ActivationStd), NumberText.Percent(Value(LayerQuantity.Saturated)),
                NumberText.Percent(Value(LayerQuantity.ZeroGradient)));
        }
        var loss = NumberText.General(Median.Of(members.Select(member => member.Loss)));
        screen.Line(members.Count == 1
            ? $"seed {NumberText.Count(members[0].Seed)}, loss {loss} on one batch"
            : $"medians of {NumberText.Plural(members.Count, "member")}, loss {loss} on one batch");
        screen.ShowWhole(table);
        foreach (var layer in layers.Take(members[0].Timesteps.Select(probe => probe.Layer).Distinct().Count()))
            ShowTimesteps(members, layer, screen);
        MeasureView.Show(
            [.. layers.Select(layer => layer.LayerName)],
            [
                .. members.SelectMany(member => member.Measures).GroupBy(measure => (measure.Layer, measure.Name))
                    .Select(same => (same.Key.Layer, same.Key.Name, Median.Of(same.Select(measure => measure.Value)))),
            ],
            [.. members.SelectMany(member => member.Exponents).Select(exponent => (exponent.Layer, exponent.Exponent, exponent.Count))], screen);
    }

    private static void ShowTimesteps(IReadOnlyList<MemberProbe> members, LayerProbe layer, Screen screen)
    {
        var timesteps = members.SelectMany(member => member.Timesteps).Where(probe => probe.Layer == layer.Layer)
            .ToLookup(probe => probe.Timestep, probe => probe.Quantities);
        double Value(int timestep, TimestepQuantity quantity) =>
            Median.Of(timesteps[timestep].Select(quantities => quantities[(int)quantity]));
        var table = TableStyle.OfNumbers(
            $"{layer.LayerName}\ntimestep", "‖∂L/∂h_t‖", "‖δ_t‖", "‖∂L/∂W‖ of t", "zero δ");
        foreach (var timestep in TimestepSelection.Of(timesteps.Count))
        {
            string Norm(TimestepQuantity quantity) => NumberText.Scientific(Value(timestep, quantity));
            table.AddRow(
                NumberText.Count(timestep), Norm(TimestepQuantity.HiddenGradient), Norm(TimestepQuantity.PreactivationGradient),
                Norm(TimestepQuantity.RecurrentWeightGradient),
                NumberText.Percent(Value(timestep, TimestepQuantity.ZeroGradient)));
        }
        screen.ShowWhole(table);
        var ratio = Value(1, TimestepQuantity.HiddenGradient) / Value(timesteps.Count, TimestepQuantity.HiddenGradient);
        screen.Line($"{layer.LayerName}: ‖∂L/∂h_1‖ / ‖∂L/∂h_{timesteps.Count}‖ = {NumberText.ScientificOrDash(ratio)}");
    }
}
