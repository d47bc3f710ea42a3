using GradTorch.Cli.Doctor;
using Spectre.Console;

namespace GradTorch.Cli.Verbs;

/// <summary>Says what works on this machine, what is missing, and how to get it.</summary>
internal sealed class DoctorVerb : Verb
{
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
        else foreach (var finding in findings) Show(finding, invocation.Screen.Console);
        return healthy ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Show(Finding finding, IAnsiConsole console)
    {
        var colour = finding.Health switch { Health.Ok => "green", Health.Warning => "yellow", _ => "red" };
        var health = finding.Health.ToString().ToLowerInvariant();
        var grid = new Grid { Expand = false }
            .AddColumn(new GridColumn().NoWrap().Width(7)).AddColumn(new GridColumn().NoWrap().Width(13)).AddColumn();
        grid.AddRow($"[{colour}]{health}[/]", finding.Topic, Markup.Escape(finding.Found));
        if (finding.Advice is not null) grid.AddRow("", "", $"[bold]→ {Markup.Escape(finding.Advice)}[/]");
        console.Write(grid);
    }
}
