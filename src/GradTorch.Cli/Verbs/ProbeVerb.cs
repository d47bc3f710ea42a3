using GradTorch.Cli.Output;
using GradTorch.Studies;

namespace GradTorch.Cli.Verbs;

/// <summary>Gradients of every layer on the first batch, before any training.</summary>
internal sealed class ProbeVerb : ExperimentVerb
{
    public override string Name => "probe";

    public override string Purpose => "gradients at initialisation, without training";

    public override string Details => """
        Initialises the network, takes one batch forwards and backwards, and prints what each layer got: norms of the
        gradients and weights, mean and deviation of the activations, saturation, exact zeros; of recurrent layers also what
        each timestep got. Writes nothing.
        Of a study it takes one variant: --variant NAME. Keys of the experiment can be given as options, as in
        --model:depth 20.
        """;

    public override IReadOnlyList<(string Command, string Meaning)> Examples =>
    [
        ("probe configs/fashion-mnist-tanh-50.json", "gradients of 50 layers at initialisation"),
        ("probe configs/smoke.json --model:activation:forward sigmoid --model:depth 30", "of another network"),
        ("probe configs/smoke.json --json", "every column of every member, for machines"),
    ];

    protected override ExitCode Run(StudyPlan study, Invocation invocation)
    {
        if (study.Runs is not [var run])
        {
            throw new BadArgumentsException($"{study.Name} is a study, of which probe takes one variant: --variant NAME; allowed: {NamesOf(study)}");
        }
        using var prepared = PreparedExperiment.Of(run.Experiment, invocation.Screen.Line);
        var members = ExperimentProbe.Run(prepared);
        if (invocation.Json) invocation.Terminal.Output.Json(ProbeDocument.Of(members));
        else ProbeView.Show(members, invocation.Screen);
        return ExitCode.Done;
    }
}
