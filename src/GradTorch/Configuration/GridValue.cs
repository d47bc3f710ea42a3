using System.Text.Json.Nodes;
using GradTorch.Configuration.Fields;

namespace GradTorch.Configuration;

/// <summary>What a variant has for a key of its study's grid.</summary>
/// <param name="Path">As in <c>model:depth</c>.</param>
/// <param name="Value">As the field holds it: a number, a choice, text, true or false.</param>
public sealed record GridValue(string Path, object Value)
{
    /// <summary>As it is written without quotes.</summary>
    public string Text => Field.ToText(Value);

    private Field Field => (Field)Section.Experiment.Follow(Path).Reached;

    /// <summary>A number, a string, true or false.</summary>
    public JsonValue ToJson() => Field.ToJson(Value)!.AsValue();
}
