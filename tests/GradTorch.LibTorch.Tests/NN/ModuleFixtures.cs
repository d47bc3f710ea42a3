using System.Text.Json;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.NN;

/// <summary>What PyTorch computed: tests/Fixtures/modules.json, made by the script beside it.</summary>
internal static class ModuleFixtures
{
    private static readonly JsonElement Root =
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "modules.json"))).RootElement;

    internal static IEnumerable<JsonElement> Cases(string section) => Root.GetProperty(section).EnumerateArray();

    internal static TheoryData<string> Names(string section) =>
        [.. Cases(section).Select(testCase => testCase.GetProperty("name").GetString()!).Distinct()];

    internal static IEnumerable<JsonElement> Named(string section, string name) =>
        Cases(section).Where(testCase => testCase.GetProperty("name").GetString() == name);

    internal static Tensor Tensor(this JsonElement element, string property) => Decoded(element.GetProperty(property));

    internal static Dictionary<string, Tensor> Tensors(this JsonElement element, string property) =>
        element.GetProperty(property).EnumerateObject().ToDictionary(entry => entry.Name, entry => Decoded(entry.Value));

    internal static Tensor Decoded(JsonElement tensor)
    {
        var type = tensor.GetProperty("dtype").GetString() switch
        {
            "float32" => ScalarType.Float32,
            "int64" => ScalarType.Int64,
            var other => throw new InvalidDataException($"the fixtures hold no {other}"),
        };
        var shape = tensor.GetProperty("shape").EnumerateArray().Select(length => length.GetInt64()).ToArray();
        return FromMemory<byte>(tensor.GetProperty("data").GetBytesFromBase64(), shape, type);
    }
}

/// <summary>Assertions about tensors.</summary>
internal static class Tensors
{
    internal static Tensor Of(params float[] values) => FromMemory<float>(values, [values.Length], ScalarType.Float32);

    internal static float[] Values(this Tensor tensor)
    {
        using var accessor = tensor.data<float>();
        return accessor.ToArray();
    }

    /// <summary>Same type, shape and elements to a few units in the last place of float32; NaN equals NaN.</summary>
    internal static void AssertClose(Tensor expected, Tensor actual, string what)
    {
        Assert.Equal(expected.dtype, actual.dtype);
        Assert.Equal(expected.shape, actual.shape);
        if (expected.dtype == ScalarType.Int64)
        {
            Assert.Equal(expected.data<long>().ToArray(), actual.data<long>().ToArray());
            return;
        }
        var (wanted, got) = (expected.Values(), actual.Values());
        for (var i = 0; i < wanted.Length; i++)
        {
            if (float.IsNaN(wanted[i]) && float.IsNaN(got[i])) continue;
            var allowed = 2e-7 + 2e-6 * Math.Abs(wanted[i]);
            Assert.True(wanted[i] == got[i] || Math.Abs(wanted[i] - got[i]) <= allowed, $"{what}[{i}]: expected {wanted[i]:R}, got {got[i]:R}");
        }
    }

    internal static void AssertBitEqual(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.Equal(expected.Values(), actual.Values());
    }
}
