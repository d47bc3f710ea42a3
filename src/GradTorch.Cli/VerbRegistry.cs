using GradTorch.Cli.Verbs;

namespace GradTorch.Cli;

/// <summary>Everything the program does.</summary>
internal static class VerbRegistry
{
    public static IReadOnlyList<Verb> All { get; } =
    [
        new RunVerb(),
        new ResumeVerb(),
        new VerifyVerb(),
        new ReplayVerb(),
        new CheckVerb(),
        new ProbeVerb(),
        new MapVerb(),
        new RunsVerb(),
        new CompareVerb(),
        new PlotVerb(),
        new DynamicsVerb(),
        new ExportVerb(),
        new TheoryVerb(),
        new ListVerb(),
        new DoctorVerb(),
        new BenchVerb(),
    ];
}
