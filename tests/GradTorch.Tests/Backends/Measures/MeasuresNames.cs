using GradTorch.Backends.Measures;

namespace GradTorch.Tests.Backends.Measures;

/// <summary>Every implementation of <see cref="LayerMeasures"/>, on whatever device it is used: a new one is tested by being there.
/// </summary>
internal static class MeasuresNames
{
    public static IReadOnlyList<string> All { get; } =
    [
        .. typeof(LayerMeasures).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(LayerMeasures)) && !type.IsAbstract).Select(type => type.Name),
    ];

    public static TheoryData<string> Theory => [.. All];

    public static LayerMeasures Create(string name) => (LayerMeasures)Activator.CreateInstance(
        typeof(LayerMeasures).Assembly.GetType($"{typeof(LayerMeasures).Namespace}.{name}", throwOnError: true)!)!;

    /// <summary>Each implementation with each of some values.</summary>
    public static TheoryData<string, T> With<T>(params IEnumerable<T> values)
    {
        var data = new TheoryData<string, T>();
        foreach (var name in All)
        {
            foreach (var value in values) data.Add(name, value);
        }
        return data;
    }
}
