using GradTorch.Cli.Output;
using GradTorch.Studies;

namespace GradTorch.Cli.Verbs;

/// <summary>Validates an experiment and says what it amounts to. Needs no libtorch; of the data it reads the
/// user's own file, where there is one.</summary>
internal sealed class CheckVerb : ExperimentVerb
{
    public override string Name => "check";

    public override string Purpose => "validates an experiment and prints its plan: members, parameters, steps, memory";

    public override string Details => """
        Reads the experiment as run would, says everything that is wrong with it, and else what it amounts to. Trains and
        writes nothing, needs no libtorch, and downloads nothing; data:path, a table or text of your own, is read. Of a study
        it shows each variant, of a grid (study:grid) of more than 20 runs what they differ in, or one: --variant NAME. Keys of
        the experiment can be given as options, as in --model:depth 20.
        """;

    public override IReadOnlyList<(string Command, string Meaning)> Examples =>
    [
        ("check configs/fashion-mnist-tanh-50.json", "what training it would take"),
        ("check configs/smoke.json --seeds:count 100 --model:depth 200", "what a larger one would take"),
        ("check configs/smoke.json --json", "the plan and every resolved key, for machines"),
    ];

    protected override ExitCode Run(StudyPlan study, Invocation invocation)
    {
        if (invocation.Json) invocation.Terminal.Output.Json(PlanDocument.Of(study));
        else PlanView.Show(study, invocation.Screen);
        return ExitCode.Done;
    }
}
