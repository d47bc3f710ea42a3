using GradTorch.Analysis.Dynamics;
using GradTorch.Analysis.Statistics;
using GradTorch.Cli.Terminals;

namespace GradTorch.Cli.Output;

/// <summary>The model of which gradients vanish, and its calibration, as people read them.</summary>
internal static class VanishingModelView
{
    private static readonly Dictionary<string, string> Meanings = new()
    {
        ["ln_delta_ratio"] = "ln ‖δ‖ by that of the last",
        ["ln_weight"] = "ln ‖W‖",
        ["activation_std"] = "standard deviation of a",
        ["saturated"] = "saturated units",
        ["zero_gradient"] = "elements of δ that are 0",
    };

    /// <param name="unit">What a place is: layer or timestep.</param>
    public static void Show(VanishingModel model, string unit, Screen screen)
    {
        screen.Line();
        var when = model.Step is { } step ? $"vanished at step {NumberText.Count(step)}" : "vanished";
        var counts = $"{NumberText.Count(model.Vanished)} of {NumberText.Count(model.Observations)} {unit}s of all members had vanished{LeftOut(model)}";
        if (model.Obstacle is not null)
        {
            screen.Line($"P({when} | first record): no model; {model.Obstacle}; {counts}");
            return;
        }
        screen.Line($"P({when} | first record), a logistic model: {counts}");
        screen.ShowWhole(new TextTable(
            ["predictor", "mean", "standard\ndeviation", "slope of the logit\na standard deviation"], [.. model.Terms.Select(Row)]).ForScreen());
        screen.Line(FormattableString.Invariant($"intercept {NumberText.General(model.Intercept)}; slopes with a ridge of {LogisticFit.Penalty}")
            + (model.IsSeparated ? "; the predictors separate what vanished from what did not, so that the slopes are as large as the ridge lets them be" : ""));
        if (model.Calibration is { } calibration) Show(calibration, screen);
        else screen.Line("no calibration: it takes two members, to predict each by a model of the others");
    }

    private static string LeftOut(VanishingModel model) => model.LeftOut == 0 ? "" : $", not counting {NumberText.Count(model.LeftOut)} whose state then is not known";

    private static void Show(Calibration calibration, Screen screen)
    {
        screen.Line($"calibration, each member predicted by a model of the others: Brier score {NumberText.General(calibration.Brier)}, that of the base rate {NumberText.General(calibration.BaseBrier)}");
        screen.ShowWhole(new TextTable(["predicted P", "mean P", "vanished", "of", "share"], [.. calibration.Bins.Select(Row)]).ForScreen());
    }

    private static string[] Row(ModelTerm term) =>
    [
        Meanings[term.Name], NumberText.General(term.Mean), NumberText.General(term.Deviation),
        term.Deviation == 0 ? "–" : NumberText.General(term.Slope),
    ];

    private static string[] Row(CalibrationBin bin) =>
    [
        $"{NumberText.General(bin.From)} to {NumberText.General(bin.To)}", NumberText.General(bin.Predicted), NumberText.Count(bin.Vanished),
        NumberText.Count(bin.Count), NumberText.General(bin.Observed),
    ];
}
