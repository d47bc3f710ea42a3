using System.Text.Json;

namespace GradTorch.LibTorch.Tests.Fixtures;

/// <summary>A document in tests/Fixtures that a committed script wrote with PyTorch.</summary>
internal static class PyTorchFixture
{
    internal static JsonElement Read(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "tests", "Fixtures", name);
            if (File.Exists(file)) return JsonDocument.Parse(File.ReadAllBytes(file)).RootElement;
        }
        throw new FileNotFoundException($"tests/Fixtures/{name} was not found above {AppContext.BaseDirectory}");
    }

    internal static double[] Doubles(this JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetDouble())];

    internal static double[] Flat(this JsonElement rows) => [.. rows.EnumerateArray().SelectMany(Doubles)];

    internal static IEnumerable<string> Names(this JsonElement element) => element.EnumerateObject().Select(property => property.Name);
}
