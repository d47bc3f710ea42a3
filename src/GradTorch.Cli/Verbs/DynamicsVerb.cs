using GradTorch.Analysis.Comparisons;
using GradTorch.Analysis.Dynamics;
using GradTorch.Cli.Output;
using GradTorch.Runs;

namespace GradTorch.Cli.Verbs;

/// <summary>How gradients behave from record to record, read from run directories. Needs no libtorch.</summary>
internal sealed class DynamicsVerb : Verb
{
    public override string Name => "dynamics";

    public override string Purpose => "how gradients vanish during training: a chain, a model, weights, joint histograms";

    public override string Usage => "DIR…";

    public override int MostWords => 100_000;

    public override IReadOnlyList<VerbOption> Options { get; } =
    [
        new("--after", "K", "the model is of what has vanished after so many steps; the last record without it"),
        new("--layer", "NAME", "whose joint histograms are shown, as in hidden3; the first layer's without it"),
        new("--step", "N", "joint histograms of the record of that step; of all records without it"),
    ];

    public override string Details => """
        DIR is a run directory, or a folder with runs below it, of which it takes the newest run of each experiment and variant.
        Runs that can't be read, or have no gradients, are named and left out.
        At each record the gradient of a layer (recurrent nets: timestep) has vanished, when ‖δ‖ is no more than the share
        verdict:vanishing of that of the last hidden one, or exactly 0; else it is alive. The chain: how often it goes from one
        to the other between two records, with exact 95 % intervals, how long it takes to vanish, and whether one ever came back.
        A member that diverged counts up to its last record; where δ is not finite the state can't be told and counts as
        neither. The model: which have vanished K steps after the first record, by logistic regression on what that record says.
        Joint histograms, of pre-activations and weights with their gradients, are there of runs with "joint" in
        gradients:measure; --json has those of all layers.
        """;

    public override IReadOnlyList<(string Command, string Meaning)> Examples =>
    [
        ("dynamics runs/fashion-mnist-sigmoid-20", "the newest run"),
        ("dynamics runs/backward-of-relu", "each variant of a study"),
        ("dynamics runs/fashion-mnist-sigmoid-20/001 --after 100", "what has vanished after 100 steps"),
        ("dynamics runs/fashion-mnist-sigmoid-20 --layer hidden3 --step 0", "joint histograms of a layer before training"),
        ("dynamics runs/fashion-mnist-sigmoid-20 --json > dynamics.json", "all numbers"),
    ];

    public override ExitCode Run(Invocation invocation)
    {
        NamedRuns.Require(invocation, this);
        var options = invocation.Options;
        var (after, step, layer) = (options.Integer("--after", 1, int.MaxValue), options.Integer("--step", 0, int.MaxValue), options.Text("--layer"));
        var dynamics = NamedRuns.Read(invocation).Select(variant => Read(variant, after, step, invocation)).OfType<VariantDynamics>().ToList();
        if (dynamics.Count == 0) throw new RunException("No run is left that has dynamics.");
        if (step is not null || layer is not null) RequireJoint(dynamics, step, layer);
        if (invocation.Json) invocation.Terminal.Output.Json(DynamicsDocument.Of(dynamics));
        foreach (var (index, variant) in invocation.Json ? [] : dynamics.Index())
        {
            if (index > 0) invocation.Screen.Line();
            DynamicsView.Show(variant, layer, invocation.Screen);
        }
        return ExitCode.Done;
    }

    private static void RequireJoint(List<VariantDynamics> dynamics, int? step, string? layer)
    {
        var steps = dynamics.SelectMany(variant => variant.Chain.Steps).Distinct().Order().ToList();
        if (step is { } one && !steps.Contains(one))
            throw new BadArgumentsException(FormattableString.Invariant($"--step: found '{one}'; allowed: the step of a record, of which there are {steps.Count} from {steps[0]} to {steps[^1]}"));
        var layers = dynamics.SelectMany(variant => variant.LayerNames).Distinct().ToList();
        if (layer is not null && !layers.Contains(layer)) throw OptionValues.NoChoice("--layer", layer, layers);
        if (dynamics.TrueForAll(variant => variant.Joint.Count == 0))
            throw new RunException("No joint histogram was recorded, which --layer and --step are for. Run with gradients:measure joint, or leave them out.");
    }

    /// <summary>Null of one that is left out and named.</summary>
    private static VariantDynamics? Read(ComparedVariant variant, int? after, int? step, Invocation invocation)
    {
        try
        {
            if (VariantChain.Obstacle(variant) is not { } obstacle) return VariantDynamics.Read(variant, after, step);
            invocation.Terminal.Error.Warning($"left out: {variant.Directory}: {obstacle}");
        }
        catch (RunException exception)
        {
            invocation.Terminal.Error.Warning($"left out: {exception.Message}");
        }
        return null;
    }
}
