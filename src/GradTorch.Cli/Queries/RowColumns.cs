using GradTorch.Configuration.Fields;
using GradTorch.Runs;

namespace GradTorch.Cli.Queries;

/// <summary>The columns of a verb's rows, for machines, for picking and for ordering. A name with a colon in it, such as
/// <c>model:depth</c>, is a key of the configuration.</summary>
/// <param name="columns">In their order; null where a row has no such value.</param>
/// <param name="config">Of a row; asked for only where a key is.</param>
internal sealed class RowColumns<T>(IReadOnlyList<(string Name, Func<T, object?> Of)> columns, Func<T, RunConfig> config)
{
    public IReadOnlyList<string> Names { get; } = [.. columns.Select(column => column.Name)];

    /// <summary>All of a row.</summary>
    public OrderedDictionary<string, object?> Of(T row) => new(columns.Select(column => KeyValuePair.Create(column.Name, column.Of(row))));

    /// <summary>A column, or a key of the configuration; null where there is none.</summary>
    public object? Value(T row, string column) =>
        columns.FirstOrDefault(own => own.Name == column) is { Of: { } of } ? of(row) : config(row)[column];

    /// <summary>The name of a column, or the path of a key.</summary>
    /// <exception cref="BadArgumentsException">It is neither.</exception>
    public string Known(string option, string name) => (name.Contains(':') ? IsKey(name) : Names.Contains(name))
        ? name
        : throw OptionValues.NoChoice(option, name, [.. Names, "a key such as model:depth"], [.. Names, .. Section.Experiment.Fields.Select(field => field.Path)]);

    /// <summary>A key, or an item of one that is a list.</summary>
    private static bool IsKey(string path) => Section.Experiment.Follow(path) switch
    {
        (_, []) => true,
        (Field, [var item]) => item.All(char.IsAsciiDigit),
        _ => false,
    };
}
