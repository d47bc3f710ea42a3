using GradTorch.Analysis.Verdicts;
using GradTorch.Cli.Output;
using GradTorch.Models;
using GradTorch.Studies;

namespace GradTorch.Cli.Verbs;

/// <summary>Gradients of every layer on the first batch, before any training.</summary>
internal sealed class ProbeVerb : ExperimentVerb
{
    private static readonly VerbOption RescaleOption = new("--rescale", null, "gradients of any size, also far below the smallest number");

    public override string Name => "probe";

    public override IReadOnlyList<VerbOption> Options => [.. base.Options, RescaleOption];

    public override string Purpose => "gradients at initialisation, without training";

    public override string Details => """
        Initialises the network, takes one batch forwards and backwards, and prints what each layer got: norms of the
        gradients and weights, mean and deviation of the activations, saturation, exact zeros; of recurrent layers also what
        each timestep got. Ends with a verdict: whether the gradient vanishes or explodes on its way back, how fast, and
        whether the activation or the weights are to blame. Writes nothing.
        --rescale multiplies the gradient by powers of two on its way back, which are exact, and takes them out of what is
        shown: no gradient is too small or too large then; JSON has their logarithms.
        Of a study it takes one variant: --variant NAME. Keys of the experiment can be given as options, as in
        --model:depth 20.
        """;

    public override IReadOnlyList<(string Command, string Meaning)> Examples =>
    [
        ("probe configs/fashion-mnist-tanh-50.json", "gradients of 50 layers at initialisation"),
        ("probe configs/smoke.json --model:activation:forward sigmoid --model:depth 30", "of another network"),
        ("probe configs/fashion-mnist-sigmoid-20.json --model:depth 1000 --rescale", "a gradient of 1e-630"),
        ("probe configs/smoke.json --json", "every column of every member, for machines"),
    ];

    protected override ExitCode Run(StudyPlan study, Invocation invocation)
    {
        if (study.Runs is not [var run])
        {
            throw new BadArgumentsException($"{study.Name} is a study, of which probe takes one variant: --variant NAME; allowed: {NamesOf(study)}");
        }
        var rescale = invocation.Options.Has(RescaleOption.Name);
        if (rescale && ModelRegistry.Find(run.Experiment.Model.Kind).TakesSequences)
            throw new BadArgumentsException($"--rescale is for networks without time, and model:kind is '{run.Experiment.Model.Kind}'; leave it out, or take mlp or residual");
        using var prepared = PreparedExperiment.Of(run.Experiment, invocation.Screen.Line);
        var members = ExperimentProbe.Run(prepared, rescale);
        var (route, limits) = (ProbeVerdict.RouteOf(members[0]), ProbeVerdict.LimitsOf(run.Experiment));
        GradientVerdict[] verdicts = [.. members.Select(member => ProbeVerdict.Of(member, route, limits))];
        var theory = TheoryEntry.Of(GradientPrediction.Of(prepared), verdicts);
        if (invocation.Json) invocation.Terminal.Output.Json(ProbeDocument.Of(members, verdicts, theory));
        else ProbeView.Show(members, route, verdicts, theory, limits, invocation.Screen);
        return ExitCode.Done;
    }
}
