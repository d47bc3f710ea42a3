namespace GradTorch.Data;

/// <summary>The data sources that an experiment can name.</summary>
public static class DataSourceRegistry
{
    public static IReadOnlyList<string> Names { get; } = ["fashion-mnist"];
}
