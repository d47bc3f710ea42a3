using System.Text.Json.Nodes;
using GradTorch.Configuration;
using GradTorch.Studies;

namespace GradTorch.Cli.Output;

/// <summary>What an experiment amounts to, as JSON.</summary>
internal static class PlanDocument
{
    /// <returns>Plan and config of a single run; name and variants of a study.</returns>
    public static object Of(StudyPlan study) => study.Runs is [{ Variant: null } single]
        ? new Run(single.Plan, ConfigOf(single))
        : new Study(study.Name, [.. study.Runs.Select(run => new Variant(run.Variant!.Name, GridOf(run), run.Plan, ConfigOf(run)))]);

    internal static JsonObject GridOf(PlannedRun run) =>
        new(run.Variant!.Grid.Select(own => KeyValuePair.Create(own.Path, (JsonNode?)own.ToJson())));

    private static JsonNode ConfigOf(PlannedRun run) => JsonNode.Parse(ExperimentWriter.ToJson(run.Experiment))!;

    private sealed record Run(ExperimentPlan Plan, JsonNode Config);

    private sealed record Study(string Name, IReadOnlyList<Variant> Variants);

    /// <param name="Name">As the study names it.</param>
    /// <param name="Grid">What it has for each key of the study's grid.</param>
    private sealed record Variant(
        [property: System.Text.Json.Serialization.JsonPropertyName("variant")] string Name, JsonObject Grid, ExperimentPlan Plan,
        JsonNode Config);
}
