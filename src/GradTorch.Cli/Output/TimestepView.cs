using GradTorch.Analysis;
using GradTorch.Analysis.Verdicts;
using GradTorch.Cli.Terminals;
using GradTorch.Quantities;
using Spectre.Console;

namespace GradTorch.Cli.Output;

/// <summary>The timesteps of a recurrent layer as people read them: some of a long sequence, and the first by the last.</summary>
internal static class TimestepView
{
    public static void Show(RecurrentLayerProfile layer, Screen screen)
    {
        var table = TableStyle.OfNumbers(
            "t", "‖∂L/∂h_t‖\nfirst", "‖∂L/∂h_t‖\nlast", "‖δ_t‖\nfirst", "‖δ_t‖\nlast",
            "gain of\nweights", "gain of\nactivation", "‖∂L/∂W‖\nof t\nfirst", "‖∂L/∂W‖\nof t\nlast", "zero δ\nlast");
        var gains = SplitGain.OfTimesteps(layer.Timesteps.Select(timestep => timestep.Last));
        foreach (var number in TimestepSelection.Of(layer.Timesteps.Count))
        {
            var timestep = layer.Timesteps[number - 1];
            string First(TimestepQuantity quantity) => NumberText.Scientific(timestep.First[(int)quantity]);
            string Last(TimestepQuantity quantity) => NumberText.Scientific(timestep.Last[(int)quantity]);
            table.AddRow(
                NumberText.Count(timestep.Timestep),
                First(TimestepQuantity.HiddenGradient), Last(TimestepQuantity.HiddenGradient),
                First(TimestepQuantity.PreactivationGradient), Last(TimestepQuantity.PreactivationGradient),
                GainText.OfWeights(gains, number - 1), GainText.OfActivation(gains, number - 1),
                First(TimestepQuantity.RecurrentWeightGradient), Last(TimestepQuantity.RecurrentWeightGradient),
                NumberText.Percent(timestep.Last[(int)TimestepQuantity.ZeroGradient]));
        }
        screen.Line();
        screen.Show(layer.Name, "bold", " by timestep t");
        screen.ShowWhole(table);
        screen.ShowWhole(TableStyle.OfRatios(
            $"{layer.Name}, timestep 1 by {NumberText.Count(layer.Timesteps.Count)}",
            ("‖∂L/∂h‖", layer.TimeRatio(TimestepQuantity.HiddenGradient)),
            ("‖δ‖", layer.TimeRatio(TimestepQuantity.PreactivationGradient))));
    }
}
