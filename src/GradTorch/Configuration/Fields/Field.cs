using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using GradTorch.Configuration.Sources;

namespace GradTorch.Configuration.Fields;

/// <summary>A key that holds one value.</summary>
/// <param name="property">The record's property.</param>
/// <param name="parentPath">Path of its section; empty for the root.</param>
/// <param name="json">What a JSON file must hold here.</param>
/// <param name="standard">The value when no source gives one.</param>
internal abstract class Field(PropertyInfo property, string parentPath, FoundKind json, object? standard)
    : Node(property, parentPath)
{
    /// <summary>The value when no source gives one; null only for fields that may be left without a value.</summary>
    public object? Default { get; } = standard;

    /// <summary>The field may be left without a value; null in a file is the same as leaving its key out.</summary>
    public bool IsOptional { get; protected init; } =
        Nullable.GetUnderlyingType(property.PropertyType) is not null
        || new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;

    /// <summary>Reads off a property what kind of field it is.</summary>
    public static Field Of(PropertyInfo property, string parentPath, object? standard)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (property.GetCustomAttribute<OneOfAttribute>() is { } choice)
        {
            return type == typeof(TextList)
                ? new ChoiceListField(property, parentPath, standard, choice)
                : new ChoiceField(property, parentPath, standard, choice);
        }

        if (type == typeof(string))
        {
            return new TextField(property, parentPath, standard);
        }

        if (type == typeof(BranchScale))
        {
            return new BranchScaleField(property, parentPath, standard);
        }

        if (type == typeof(ThreadCount))
        {
            return new ThreadCountField(property, parentPath, standard);
        }

        if (type == typeof(TextList))
        {
            return new TextListField(property, parentPath, standard);
        }

        if (type == typeof(bool))
        {
            return new BooleanField(property, parentPath, standard);
        }

        RangeAttribute range = property.GetCustomAttribute<RangeAttribute>()
            ?? throw new InvalidOperationException($"{property.DeclaringType}.{property.Name} lacks its [Range].");
        return type == typeof(int) ? new IntegerField(property, parentPath, standard, range)
            : type == typeof(double) ? new NumberField(property, parentPath, standard, range)
            : throw new InvalidOperationException(
                $"{property.DeclaringType}.{property.Name}: no field holds a {type}.");
    }

    /// <summary>The typed value, or what is wrong with it.</summary>
    public Reading Read(Found found) =>
        found.Kind == FoundKind.Word || Holds(found.Kind) ? Parse(found) : Refuse(found);

    /// <inheritdoc/>
    public sealed override JsonObject Schema()
    {
        JsonObject schema = ValueSchema();
        schema.Insert(0, "description", Description);
        if (IsOptional)
        {
            schema["type"] = new JsonArray(schema["type"]!.DeepClone(), "null");
        }

        schema["default"] = ToJson(Default);
        return schema;
    }

    /// <summary>JSON schema of a value: type and range alone.</summary>
    public JsonObject ValueSchema()
    {
        var schema = new JsonObject();
        Describe(schema);
        return schema;
    }

    /// <inheritdoc/>
    public sealed override JsonNode? ToJson(object? value) => value is null ? null : ValueToJson(value);

    /// <summary>A value as it is written without quotes.</summary>
    public virtual string ToText(object? value) => ToJson(value)!.ToString();

    /// <summary>Whether a JSON file may hold that here.</summary>
    protected virtual bool Holds(FoundKind kind) => kind == json;

    protected abstract JsonNode ValueToJson(object value);

    /// <summary>Reads the text of a value whose JSON type, where it has one, is right.</summary>
    protected abstract Reading Parse(Found found);

    /// <summary>Adds type and range to the field's schema.</summary>
    protected abstract void Describe(JsonObject schema);

    protected Reading Refuse(Found found) => Reading.Refused($"found {found}; allowed: {Allowed}");
}
