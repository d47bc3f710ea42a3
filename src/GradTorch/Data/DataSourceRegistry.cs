namespace GradTorch.Data;

/// <summary>The data sources that an experiment can name.</summary>
public static class DataSourceRegistry
{
    public static IReadOnlyList<DataSourceEntry> All { get; } =
    [
        IdxSource.Of(PublishedImages.FashionMnist, "grey images of clothes", "Xiao, Rasul, Vollgraf 2017, arXiv 1708.07747"),
        IdxSource.Of(PublishedImages.Mnist, "grey images of digits", "LeCun, Bottou, Bengio, Haffner 1998"),
        Cifar10.Source,
        TableSource.Entry,
        TextSource.Entry,
        AddingProblem.Task.Source,
        CopyMemory.Task.Source,
        TemporalOrder.Task.Source,
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(entry => entry.Name)];

    /// <summary>The sources that read that key of their section.</summary>
    public static IReadOnlyList<string> UsersOf(string key) =>
        [.. All.Where(entry => entry.Options.Contains(key)).Select(entry => entry.Name)];

    /// <exception cref="KeyNotFoundException">No source has that name.</exception>
    public static DataSourceEntry Find(string name) =>
        All.FirstOrDefault(entry => entry.Name == name) ?? throw new KeyNotFoundException($"'{name}' is not a data source");
}
