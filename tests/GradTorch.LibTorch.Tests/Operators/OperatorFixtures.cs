using System.Text.Json;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Operators;

/// <summary>What PyTorch gives, from tests/Fixtures/operators-*.json. Made by operators.py beside them.</summary>
internal static class OperatorFixtures
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static IReadOnlyDictionary<string, Case> ByName { get; } = Read();

    private static Dictionary<string, Case> Read()
    {
        var cases = new Dictionary<string, Case>(StringComparer.Ordinal);
        foreach (var path in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Fixtures"), "operators-*.json"))
        {
            var file = JsonSerializer.Deserialize<FixtureFile>(File.ReadAllBytes(path), Json)!;
            foreach (var (name, one) in file.Cases)
            {
                cases.Add(name, new Case(one.Exact, [.. one.Samples.Select(sample => new Sample(
                    [.. sample.Inputs.Select(input => file.Tensors[input])], sample.Outputs, sample.Gradient))]));
            }
        }
        return cases;
    }

    /// <summary>Exact: rounded correctly on every CPU, so bit for bit the same anywhere.</summary>
    internal sealed record Case(bool Exact, IReadOnlyList<Sample> Samples);

    /// <summary>Gradient: the inputs are points where the operator is smooth.</summary>
    internal sealed record Sample(IReadOnlyList<TensorData> Inputs, IReadOnlyList<TensorData> Outputs, bool Gradient);

    /// <summary>Data: the elements' bytes, little-endian, row-major.</summary>
    internal sealed record TensorData(string Dtype, long[] Shape, byte[] Data)
    {
        public ScalarType Type => Dtype switch
        {
            "float32" => ScalarType.Float32,
            "float64" => ScalarType.Float64,
            "int64" => ScalarType.Int64,
            "int32" => ScalarType.Int32,
            "bool" => ScalarType.Bool,
            _ => throw new InvalidDataException($"The fixtures have no reader for elements of type {Dtype}."),
        };

        public Tensor ToTensor() => FromMemory<byte>(Data, Shape, Type);
    }

    private sealed record FixtureFile(Dictionary<string, TensorData> Tensors, Dictionary<string, FileCase> Cases);

    private sealed record FileCase(bool Exact, FileSample[] Samples);

    private sealed record FileSample(string[] Inputs, TensorData[] Outputs, bool Gradient);
}
