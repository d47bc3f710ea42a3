using GradTorch.Analysis;
using GradTorch.Cli.Terminals;
using GradTorch.Gradients;
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
        screen.Show(table);
    }
}
