using GradTorch.Cli.Output;
using GradTorch.Theory;

namespace GradTorch.Cli.Theories;

/// <summary>What many wide layers do to activations and gradients.</summary>
internal sealed class MeanFieldTheory : TheoryKind
{
    public const string Source = "Source: Poole et al. 2016, arXiv 1606.05340; Schoenholz et al. 2017, arXiv 1611.01232.";

    public override string Name => "mean-field";

    public override string Purpose => "where activations, correlations and gradients go in a deep, wide net, and how fast";

    public override IReadOnlyList<VerbOption> Options { get; } =
    [
        .. UnitOptions.All,
        new("--weight-variance", "σw²", "weights are N(0, σw²/fan_in), above 0; 1 without it"),
        new("--bias-variance", "σb²", "of the initial biases, at least 0; 0 without it"),
        .. DepthOptions.All,
    ];

    public override ExitCode Run(Invocation invocation)
    {
        var options = invocation.Options;
        var nonlinearity = UnitOptions.Read(options).WithInitialParameter();
        var weightVariance = options.PositiveNumber("--weight-variance") ?? 1;
        var biasVariance = options.Number("--bias-variance", 0) ?? 0;
        var depth = DepthOptions.Read(options);
        var inputMoment = depth.InputMoment;
        var field = depth.Skips is null ? MeanField.Of(new GaussianUnit(nonlinearity), weightVariance, biasVariance, inputMoment) : null;
        var layers = depth.Layers is not { } count ? null : DepthPrediction.Of(
            nonlinearity, member: 0, [.. Enumerable.Repeat(weightVariance, count)], biasVariance, inputMoment, depth.Skips);
        if (invocation.Json)
        {
            invocation.Terminal.Output.Json(MeanFieldDocument.Of(field, layers));
            return ExitCode.Done;
        }
        var screen = invocation.Screen;
        screen.Line(
            $"{UnitOptions.Describe(options)}; σw² = {NumberText.General(weightVariance)}, σb² = {NumberText.General(biasVariance)}, E[x²] = {NumberText.General(inputMoment)}");
        if (field is not null) MeanFieldView.Show(field, screen);
        if (layers is not null) MeanFieldView.Show(layers, screen);
        screen.Line(depth.Skips is null ? Source : "Source: Yang & Schoenholz 2017, arXiv 1712.08969.");
        return ExitCode.Done;
    }
}
