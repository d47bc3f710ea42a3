using GradTorch.Cli.Output;
using GradTorch.Theory;

namespace GradTorch.Cli.Theories;

/// <summary>The weight variance at which gradients keep their size.</summary>
internal sealed class CriticalTheory : TheoryKind
{
    public override string Name => "critical";

    public override string Purpose => "the σw² at which gradients neither shrink nor grow, χ₁ = 1";

    public override IReadOnlyList<VerbOption> Options { get; } =
        [.. UnitOptions.All, new("--bias-variance", "σb²", "of the initial biases, at least 0; 0 without it")];

    public override ExitCode Run(Invocation invocation)
    {
        var options = invocation.Options;
        var biasVariance = options.Number("--bias-variance", 0) ?? 0;
        var found = CriticalVariance.Of(new GaussianUnit(UnitOptions.Read(options).WithInitialParameter()), biasVariance);
        if (invocation.Json)
        {
            invocation.Terminal.Output.Json(new { found?.WeightVariance, found?.Q, Length = found?.Limit });
            return ExitCode.Done;
        }
        var screen = invocation.Screen;
        screen.Line($"{UnitOptions.Describe(options)}; σb² = {NumberText.General(biasVariance)}");
        screen.Line(found is null
            ? "No σw² makes χ₁ = σw² E[h(√q z)²] 1: what comes back is too little however large the weights are."
            : $"χ₁ = σw² E[h(√q z)²] = 1 at σw² = {NumberText.General(found.WeightVariance)}: weights N(0, σw²/fan_in) of that variance keep gradients alive; {Length(found)}.");
        screen.Line(MeanFieldTheory.Source);
        return ExitCode.Done;
    }

    private static string Length(CriticalVariance found) => found.Limit switch
    {
        LengthLimit.Vanishes => "pre-activations go to 0 there, slowly",
        LengthLimit.Diverges => "pre-activations grow without end there, slowly",
        LengthLimit.Kept => "pre-activations keep the second moment that the input gives them",
        _ => $"pre-activations have q* = {NumberText.General(found.Q)} there",
    };
}
