using GradTorch.Backends;

namespace GradTorch.Tests.Backends;

/// <summary>Every implementation of <see cref="ITorchBackend"/> that the library has: a new one is tested by being there.
/// </summary>
internal static class BackendNames
{
    public static IReadOnlyList<string> All { get; } =
    [
        .. typeof(ITorchBackend).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(ITorchBackend)) && !type.IsAbstract)
            .Select(type => type.Name),
    ];

    public static ITorchBackend Create(string name) =>
        (ITorchBackend)Activator.CreateInstance(
            typeof(ITorchBackend).Assembly.GetType($"{typeof(ITorchBackend).Namespace}.{name}", throwOnError: true)!)!;

    public static TheoryData<string> Theory => [.. All];

    /// <summary>Each backend with each of some values.</summary>
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
