using GradTorch.Analysis.Comparisons;
using GradTorch.Analysis.Dynamics;
using GradTorch.Cli.Output;
using GradTorch.Runs;

namespace GradTorch.Cli.Verbs;

/// <summary>How gradients behave from record to record, read from run directories. Needs no libtorch.</summary>
internal sealed class DynamicsVerb : Verb
{
    public override string Name => "dynamics";

    public override string Purpose => "how gradients vanish during training: a chain, a model, the way of the weights";

    public override string Usage => "DIR…";

    public override int MostWords => 100_000;

    public override IReadOnlyList<VerbOption> Options { get; } =
    [
        new("--after", "K", "the model is of what has vanished after so many steps; the last record without it"),
    ];

    public override string Details => """
        DIR is a run directory, or a folder with runs below it, of which it takes the newest run of each experiment and variant.
        Runs that can't be read, or have no gradients, are named and left out.
        At each record the gradient of a layer (recurrent nets: timestep) has vanished, when ‖δ‖ is no more than the share
        verdict:vanishing of that of the last hidden one, or exactly 0; else it is alive. The chain: how often it goes from one
        to the other between two records, with exact 95 % intervals, how long it takes to vanish, and whether one ever came back.
        A member that diverged counts up to its last record; where δ is not finite the state can't be told and counts as
        neither. The model: which have vanished K steps after the first record, by logistic regression on what that record says.
        """;

    public override IReadOnlyList<(string Command, string Meaning)> Examples =>
    [
        ("dynamics runs/fashion-mnist-sigmoid-20", "the newest run"),
        ("dynamics runs/backward-of-relu", "each variant of a study"),
        ("dynamics runs/fashion-mnist-sigmoid-20/001 --after 100", "what has vanished after 100 steps"),
        ("dynamics runs/fashion-mnist-sigmoid-20 --json > dynamics.json", "all numbers"),
    ];

    public override ExitCode Run(Invocation invocation)
    {
        NamedRuns.Require(invocation, this);
        var after = invocation.Options.Integer("--after", 1, int.MaxValue);
        var dynamics = NamedRuns.Read(invocation).Select(variant => Read(variant, after, invocation)).OfType<VariantDynamics>().ToList();
        if (dynamics.Count == 0) throw new RunException("No run is left that has dynamics.");
        if (invocation.Json) invocation.Terminal.Output.Json(DynamicsDocument.Of(dynamics));
        foreach (var (index, variant) in invocation.Json ? [] : dynamics.Index())
        {
            if (index > 0) invocation.Screen.Line();
            DynamicsView.Show(variant, invocation.Screen);
        }
        return ExitCode.Done;
    }

    /// <summary>Null of one that is left out and named.</summary>
    private static VariantDynamics? Read(ComparedVariant variant, int? after, Invocation invocation)
    {
        try
        {
            if (VariantDynamics.Obstacle(variant) is not { } obstacle) return VariantDynamics.Read(variant, after);
            invocation.Terminal.Error.Warning($"left out: {variant.Directory}: {obstacle}");
        }
        catch (RunException exception)
        {
            invocation.Terminal.Error.Warning($"left out: {exception.Message}");
        }
        return null;
    }
}
