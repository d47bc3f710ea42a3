using System.Text.Json;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Shapes;

/// <summary>What PyTorch gives, from tests/Fixtures/shapes.json. Made by shapes.py beside it.</summary>
internal static class ShapeFixtures
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static IReadOnlyDictionary<string, Fixture> ByName { get; } = JsonSerializer.Deserialize<Dictionary<string, Fixture>>(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "shapes.json")), Json)!;

    internal sealed record Fixture(bool Gradient, IReadOnlyList<Stored> Inputs, IReadOnlyList<Stored> Outputs);

    internal sealed record Stored(string Dtype, long[] Shape, double[] Values)
    {
        public ScalarType Type => Dtype switch
        {
            "float64" => ScalarType.Float64,
            "int64" => ScalarType.Int64,
            "bool" => ScalarType.Bool,
            _ => throw new InvalidDataException($"The fixtures have no reader for elements of type {Dtype}."),
        };

        public Tensor ToTensor() => tensor(Values, Type).reshape(Shape);
    }
}
