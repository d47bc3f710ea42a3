using GradTorch.Runs;

namespace GradTorch.Analysis.Listings;

/// <summary>In what configurations differ.</summary>
public static class ConfigDifferences
{
    /// <summary>A run has these for its own: its name, and where it is kept.</summary>
    private static readonly string[] LeftOut = ["name", "output"];

    /// <summary>Keys that not all have, or not all with the same value, in order.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyCollection<RunConfig> configs)
    {
        var keys = new Dictionary<string, (string Value, int Count, bool Differs)>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in configs.SelectMany(config => config.All))
        {
            keys[key] = keys.TryGetValue(key, out var before)
                ? before with { Count = before.Count + 1, Differs = before.Differs || before.Value != value }
                : (value, 1, false);
        }
        return
        [
            .. keys.Where(key => key.Value.Differs || key.Value.Count < configs.Count).Select(key => key.Key)
                .Except(LeftOut).Order(StringComparer.Ordinal),
        ];
    }
}
