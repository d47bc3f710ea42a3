using System.Text.Json.Nodes;
using GradTorch.Configuration.Fields;

namespace GradTorch.Configuration;

/// <summary>The JSON schema of an experiment: with it editors complete names and underline mistakes.</summary>
public static class ExperimentSchema
{
    /// <summary>The schema (draft 2020-12), derived from the records; the same bytes at every call.</summary>
    public static string ToJson()
    {
        JsonObject schema = Section.Experiment.Schema();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema["properties"]!.AsObject().Insert(0, ExperimentLoader.SchemaKey, new JsonObject
        {
            ["description"] = "Where this schema lies, for editors; not read otherwise.",
            ["type"] = "string",
        });
        return schema.ToJsonString(ExperimentWriter.Format) + "\n";
    }
}
