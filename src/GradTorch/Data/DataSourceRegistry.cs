using GradTorch.Configuration;

namespace GradTorch.Data;

/// <summary>The data sources that an experiment can name.</summary>
public static class DataSourceRegistry
{
    public static IReadOnlyList<DataSourceEntry> All { get; } =
    [
        new("fashion-mnist", "28×28 grey images of clothes as vectors of 784, 10 classes",
            "Xiao, Rasul, Vollgraf 2017, arXiv 1708.07747", FashionMnistSource.Shape, FashionMnistSource.Load),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(entry => entry.Name)];

    /// <exception cref="KeyNotFoundException">No source has that name.</exception>
    public static DataSourceEntry Find(string name) =>
        All.FirstOrDefault(entry => entry.Name == name) ?? throw new KeyNotFoundException($"'{name}' is not a data source");
}

/// <summary>One data source of the registry.</summary>
/// <param name="Shape">What an experiment will get, without loading it.</param>
/// <param name="Load">Reads it, standardises it and puts it on the device.</param>
public sealed record DataSourceEntry(
    string Name, string Description, string Reference, Func<DataSection, DataShape> Shape,
    Func<DataSection, DataTarget, DataSet> Load);
