using GradTorch.Cli.Output;
using GradTorch.Runs;
using GradTorch.Studies;

namespace GradTorch.Cli.Verbs;

/// <summary>Goes once more through the step at which a member of a run became non-finite.</summary>
internal sealed class ReplayVerb : Verb
{
    private const string MemberOption = "--member";

    public override string Name => "replay";

    public override string Purpose => "repeats the step that diverged, and tells where the first NaN or infinity arises";

    public override string Usage => "DIR";

    public override int MostWords => 1;

    public override IReadOnlyList<VerbOption> Options { get; } = [new(MemberOption, "m", "that member; without, the first that diverged")];

    public override string Details => """
        A run keeps, of each member that becomes non-finite, the step at which it did: its weights before, its batch, its masks of
        dropout and all else it had of its own, in DIR/divergence-MEMBER.safetensors. This goes through it again, on the CPU, operation by
        operation: forwards layer by layer (timestep by timestep in recurrent ones), the loss, and back. It tells which operation
        was the first to give something that is not finite, and the largest magnitudes on the way there.
        """;

    public override IReadOnlyList<(string Command, string Meaning)> Examples =>
    [
        ("replay runs/smoke/001", "where the first member that diverged did"),
        ("replay runs/smoke/001 --member 3 --json", "of member 3, for machines"),
    ];

    public override ExitCode Run(Invocation invocation)
    {
        var folder = invocation.RequiredWord(this, "DIR, a run directory");
        var run = RunDirectory.Open(folder);
        var members = BlackBox.Members(run);
        if (members.Count == 0) throw new BadArgumentsException($"{folder} has no divergence-MEMBER.safetensors: none of its members became non-finite");
        var member = invocation.Options.Integer(MemberOption, 0, int.MaxValue) ?? members[0];
        if (!members.Contains(member))
            throw new BadArgumentsException(FormattableString.Invariant($"{MemberOption}: found '{member}', which did not diverge; allowed: {string.Join(", ", members)}"));
        var trace = BlackBox.Replay(run, member, invocation.Screen.Line);
        if (invocation.Json) invocation.Terminal.Output.Json(TraceDocument.Of(trace));
        else TraceView.Show(trace, members, invocation.Screen);
        return ExitCode.Done;
    }
}
