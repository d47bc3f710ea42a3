using GradTorch.Cli.Terminals;
using GradTorch.Theory;
using Spectre.Console;

namespace GradTorch.Cli.Output;

/// <summary>Mean-field predictions as people read them.</summary>
internal static class MeanFieldView
{
    public static void Show(MeanField field, Screen screen)
    {
        screen.Line();
        screen.Show(TableStyle.OfPairs(
        [
            ("q*", Length(field)),
            ("ξ_q", Depth(field.LengthDepth, "q* is approached")),
            ("χ₁", $"{NumberText.General(field.Chi)}, ‖δ‖² of a layer by that of the layer above"),
            ("ξ", Gradient(field)),
            ("c*", Correlation(field)),
            ("ξ_c", Depth(field.CorrelationDepth, "c* is approached")),
            ("phase", $"{NameOf(field)}: {Slope(field)}"),
        ]));
        screen.Line();
        screen.Line(Sentence(field));
    }

    public static void Show(IReadOnlyList<LayerPrediction> layers, Screen screen)
    {
        var table = TableStyle.OfNumbers("layer", "q", "‖δ‖² by last", "ln", "by layer above");
        foreach (var index in LayerSelection.Of(layers.Count))
        {
            var layer = layers[index];
            table.AddRow(
                NumberText.Count(layer.Layer), NumberText.General(layer.Q), NumberText.Scientific(Math.Exp(layer.LnGradient)),
                NumberText.General(layer.LnGradient), index + 1 == layers.Count ? "–" : NumberText.General(Math.Exp(layer.LnGain)));
        }
        screen.ShowWhole(table);
        if (layers.Count == 1) return;
        var perLayer = layers[0].LnGradient / (layers.Count - 1);
        screen.Line(
            $"From layer {NumberText.Count(layers.Count)} to layer 1 ‖δ‖² is expected to change by a factor of {NumberText.Scientific(Math.Exp(layers[0].LnGradient))}, {NumberText.General(Math.Exp(perLayer))} a layer.");
    }

    private static string Length(MeanField field) => field.Limit switch
    {
        LengthLimit.Converges => $"{NumberText.General(field.Q)}, second moment of pre-activations far from the input",
        LengthLimit.Vanishes => "0: pre-activations get smaller from layer to layer",
        LengthLimit.Diverges => "none: pre-activations get larger from layer to layer, without end",
        _ => $"{NumberText.General(field.Q)}, which the input makes: every q is a fixed point",
    };

    private static string Depth(double? scale, string what) => scale switch
    {
        null => "–",
        0 => $"0: {what} at once",
        double.PositiveInfinity => $"∞: {what} more slowly than exponentially, or not at all",
        { } layers => $"{NumberText.General(layers)} layers, over which {what} by a factor of e",
    };

    private static string Gradient(MeanField field) => field.GradientDepth switch
    {
        double.PositiveInfinity => "∞: ‖δ‖² keeps its size",
        0 => "0 layers: nothing comes back",
        < 0 => $"{NumberText.General(-field.GradientDepth)} layers, over which ‖δ‖² grows by a factor of e (−1/ln χ₁ is below 0)",
        _ => $"{NumberText.General(field.GradientDepth)} layers, over which ‖δ‖² shrinks by a factor of e",
    };

    private static string Correlation(MeanField field) => field.Correlation switch
    {
        null => "–",
        0 => "0: any two inputs become uncorrelated",
        1 => "1: all inputs become the same",
        { } c => $"{NumberText.General(c)}, what any two inputs become",
    };

    private static string NameOf(MeanField field) => field.Phase switch
    {
        Phase.Ordered => "ordered",
        Phase.Critical => "critical",
        _ => "chaotic",
    };

    private static string Slope(MeanField field) => double.IsPositiveInfinity(field.ForwardChi)
        ? "the activation jumps, which tears near inputs apart"
        : $"the correlation map has the slope {NumberText.General(field.ForwardChi)} at c = 1, with the activation's own derivative";

    private static string Sentence(MeanField field)
    {
        if (field.Chi == 0) return "Nothing comes back: the slope on the way back is 0.";
        if (double.IsInfinity(field.GradientDepth)) return "Gradients keep their size: networks of any depth can be trained from here.";
        var factor = NumberText.General(Math.Sqrt(field.Chi));
        var over50 = NumberText.Scientific(Math.Pow(field.Chi, 25));
        return field.Chi < 1
            ? $"Gradients shrink: each layer leaves {factor} of ‖δ‖, so that after 50 layers {over50} of it is left."
            : $"Gradients grow: each layer multiplies ‖δ‖ by {factor}, after 50 layers by {over50}.";
    }
}
