using System.Text.Json.Nodes;
using GradTorch.Activations;
using GradTorch.Configuration;

namespace GradTorch.Tests.Configuration;

public class ExperimentSchemaTests
{
    private const string Update = "GRADTORCH_UPDATE_SCHEMA";

    private static readonly JsonNode Schema = JsonNode.Parse(ExperimentSchema.ToJson())!;

    [Fact]
    public void The_schema_in_configs_is_current()
    {
        string path = Path.Combine(ConfigsFolder.Path, "experiment.schema.json");
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            File.WriteAllText(path, ExperimentSchema.ToJson());
        }

        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == ExperimentSchema.ToJson(),
            $"{path} is not what the records say. Run this test with {Update}=1 in the environment and commit the file.");
    }

    [Theory]
    [InlineData("model/depth", """{ "description": "Number of hidden layers.", "type": "integer", "minimum": 1, "maximum": 100000, "default": 5 }""")]
    [InlineData("training/optimizer/momentum", """{ "description": "Momentum μ of sgd and rmsprop; adam and adamw do not use it.", "type": "number", "minimum": 0, "exclusiveMaximum": 1, "default": 0 }""")]
    [InlineData("model/init/gain", """{ "description": "Factor on every initial weight.", "type": "number", "exclusiveMinimum": 0, "default": 1 }""")]
    [InlineData("training/steps", """{ "description": "Optimiser steps to train for, in place of epochs.", "type": ["integer", "null"], "minimum": 1, "maximum": 2147483647, "default": null }""")]
    [InlineData("data/path", """{ "description": "Folder or file that holds the data; null looks where the source usually lies.", "type": ["string", "null"], "minLength": 1, "default": null }""")]
    [InlineData("precision", """{ "description": "Floating-point type; tf32 is float32 with rounder products on CUDA, bfloat16 and float16 are of activations only.", "type": "string", "enum": ["float32", "tf32", "float64", "bfloat16", "float16"], "default": "float32" }""")]
    public void A_field_carries_its_sentence_type_range_and_default(string path, string expected)
    {
        JsonNode field = path.Split('/').Aggregate(Schema, (section, key) => section["properties"]![key]!);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), field), field.ToJsonString());
    }

    [Fact]
    public void A_section_that_stands_in_two_places_has_the_defaults_of_each()
    {
        JsonNode Kind(string section) => Schema["properties"]!["model"]!["properties"]![section]!["properties"]!["kind"]!["default"]!;
        Assert.Equal(("xavier-normal", "orthogonal"), (Kind("init").GetValue<string>(), Kind("recurrentInit").GetValue<string>()));
    }

    [Fact]
    public void Names_come_from_their_registry() => Assert.Equal(
        ActivationRegistry.Names,
        Schema["properties"]!["model"]!["properties"]!["activation"]!["properties"]!["forward"]!["enum"]!.AsArray()
            .Select(name => name!.GetValue<string>()));

    [Fact]
    public void No_section_allows_other_keys()
    {
        Assert.Equal(20, Sections(Schema).Count());
        Assert.All(Sections(Schema), section => Assert.False(section["additionalProperties"]!.GetValue<bool>()));
    }

    private static IEnumerable<JsonNode> Sections(JsonNode section) => section["properties"]!.AsObject()
        .Where(property => property.Value!["properties"] is not null)
        .SelectMany(property => Sections(property.Value!))
        .Prepend(section);
}
