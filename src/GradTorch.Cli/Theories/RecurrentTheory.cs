using GradTorch.Cli.Output;
using GradTorch.Theory;

namespace GradTorch.Cli.Theories;

/// <summary>How fast a gradient must vanish through time.</summary>
internal sealed class RecurrentTheory : TheoryKind
{
    private const int StandardSteps = 50, MostSteps = 1_000_000_000;

    public override string Name => "recurrent";

    public override string Purpose => "bound of the gradient through time, of a recurrent net";

    public override IReadOnlyList<VerbOption> Options { get; } =
    [
        .. UnitOptions.All,
        new("--norm", "λ", "largest singular value of the recurrent weights, at least 0; 1 without it"),
        new("--steps", "T", "timesteps that the gradient goes back; 50 without it"),
    ];

    public override ExitCode Run(Invocation invocation)
    {
        var options = invocation.Options;
        var gamma = UnitOptions.Read(options).LargestSlope(member: 0);
        var bound = new RecurrentBound(
            gamma, options.Number("--norm", 0) ?? 1, options.Integer("--steps", 0, MostSteps) ?? StandardSteps);
        if (invocation.Json)
        {
            invocation.Terminal.Output.Json(bound);
            return ExitCode.Done;
        }
        var screen = invocation.Screen;
        screen.Line($"{UnitOptions.Describe(options)}; ‖∂h_t/∂h_k‖ ≤ (γλ)^(t−k)");
        screen.Line();
        screen.Show(TableStyle.OfPairs(
        [
            ("γ", $"{NumberText.General(bound.Gamma)}, the largest slope on the way back"),
            ("λ", $"{NumberText.General(bound.Norm)}, the largest singular value of the recurrent weights"),
            ("γλ", NumberText.General(bound.Rate)),
            ("(γλ)^(t−k)", $"{NumberText.Scientific(bound.Bound)} over {NumberText.Plural(bound.Steps, "timestep")}, ln {NumberText.General(bound.LnBound)}"),
        ]));
        screen.Line();
        screen.Line(bound.Rate switch
        {
            0 => "γλ = 0: nothing comes back, not even over one timestep.",
            < 1 => $"γλ < 1: the gradient vanishes, whatever the inputs; each timestep leaves at most {NumberText.Percent(bound.Rate)} of it. To be able to keep it, λ must reach {NumberText.General(1 / bound.Gamma)}.",
            1 => "γλ = 1: the gradient can't grow; it keeps its size at best.",
            _ => "γλ > 1: the gradient can explode, and may vanish all the same: the bound says no more.",
        });
        screen.Line("Source: Pascanu, Mikolov, Bengio 2013, arXiv 1211.5063.");
        return ExitCode.Done;
    }
}
