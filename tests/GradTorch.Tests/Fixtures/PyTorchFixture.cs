using System.Runtime.InteropServices;
using System.Text.Json;

namespace GradTorch.Tests.Fixtures;

/// <summary>A document in tests/Fixtures that a committed script wrote with PyTorch; its arrays are raw bytes in base64.
/// </summary>
internal static class PyTorchFixture
{
    public static JsonElement Read(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "tests", "Fixtures", name);
            if (File.Exists(file)) return JsonDocument.Parse(File.ReadAllBytes(file)).RootElement;
        }
        throw new FileNotFoundException($"tests/Fixtures/{name} was not found above {AppContext.BaseDirectory}");
    }

    public static T[] Array<T>(this JsonElement base64) where T : unmanaged =>
        MemoryMarshal.Cast<byte, T>(base64.GetBytesFromBase64()).ToArray();

    public static int Int(this JsonElement element, string name) => element.GetProperty(name).GetInt32();

    public static double Double(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
