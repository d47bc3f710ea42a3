using GradTorch.Cli.Doctor;
using GradTorch.Cli.Terminals;

namespace GradTorch.Cli.Verbs;

/// <summary>Says what works on this machine, what is missing, and how to get it.</summary>
internal sealed class DoctorVerb : Verb
{
    private static readonly string Indent = new(' ', 24);

    public override string Name => "doctor";

    public override string Purpose => "libtorch, device, processor, data: what works, what is missing, how to get it";

    public override string Usage => "";

    public override string Details => """
        Looks at everything that training needs and computes a small gradient. Each line is ok, warning (it works, but could
        be better) or missing. Exit 1 if something is missing.
        """;

    public override IReadOnlyList<(string Command, string Meaning)> Examples =>
    [
        ("doctor", "what this machine has and lacks"),
        ("doctor --json", "for machines"),
    ];

    public override ExitCode Run(Invocation invocation)
    {
        Finding[] findings = [.. MachineExamination.Look(), .. TorchExamination.Look(), .. DataExamination.Look()];
        var healthy = findings.All(finding => finding.Health != Health.Missing);
        if (invocation.Json) invocation.Terminal.Output.Json(new { Healthy = healthy, Findings = findings });
        else foreach (var finding in findings) Show(finding, invocation.Screen);
        return healthy ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Show(Finding finding, Screen screen)
    {
        var colour = finding.Health switch { Health.Ok => "green", Health.Warning => "yellow", _ => "red" };
        var health = finding.Health.ToString().ToLowerInvariant();
        screen.Show(health.PadRight(9), colour, finding.Topic.PadRight(15) + finding.Found.ReplaceLineEndings("\n" + Indent));
        if (finding.Advice is not null) screen.Line($"{Indent}→ {finding.Advice}");
    }
}
