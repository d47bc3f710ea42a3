using System.Reflection;
using GradTorch.Backends;
using static TorchSharp.torch;

namespace GradTorch.Tests.Backends;

/// <summary>Every implementation of <see cref="ITorchBackend"/> that the library has and that computes anything itself: a new
/// one is tested by being there.</summary>
internal static class BackendNames
{
    public static IReadOnlyList<string> All { get; } =
    [
        .. typeof(ITorchBackend).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(ITorchBackend)) && !type.IsAbstract && Computes(type))
            .Select(type => type.Name),
    ];

    public static ITorchBackend Create(string name) =>
        (ITorchBackend)Activator.CreateInstance(
            typeof(ITorchBackend).Assembly.GetType($"{typeof(ITorchBackend).Namespace}.{name}", throwOnError: true)!)!;

    public static TheoryData<string> Theory => [.. All];

    private static bool Computes(Type type) => type.GetMethods(BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Public)
        .Any(method => method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Tensor)));

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
