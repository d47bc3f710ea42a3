using System.Text.Json;
using GradTorch.Activations;
using GradTorch.Tests.Activations;
using GradTorch.Tests.Fixtures;
using GradTorch.Theory;

namespace GradTorch.Tests.Theory;

/// <summary>What tests/Fixtures/theory.py wrote with scipy, and units to compare with it.</summary>
internal static class TheoryCase
{
    private static readonly JsonElement Document = PyTorchFixture.Read("theory.json");

    /// <summary>The rows of a part, by number.</summary>
    public static IReadOnlyList<JsonElement> Rows(string part) => [.. Document.GetProperty(part).EnumerateArray()];

    /// <summary>The numbers of its rows.</summary>
    public static TheoryData<int> Numbers(string part) => [.. Enumerable.Range(0, Rows(part).Count)];

    /// <summary>The activation of a row, with its own derivative on the way back.</summary>
    public static GaussianUnit Unit(JsonElement row) => new(new Nonlinearity(Activation(row)));

    public static GaussianUnit Unit(string activation, string? backward = null, double? scale = null) => new(Nonlinearity(activation, backward, scale));

    public static Nonlinearity Nonlinearity(string activation, string? backward = null, double? scale = null, double slope = 1)
    {
        var forward = RegisteredActivation.Create(activation, slope);
        if (backward is null) return new Nonlinearity(forward);
        var entry = SurrogateRegistry.Find(backward);
        return new Nonlinearity(forward, entry.Surrogate, MemberValues.Uniform(scale ?? entry.DefaultScale, 1));
    }

    /// <summary>Within 1e-10 of what is expected, or of 1 where that is less.</summary>
    public static void AssertClose(double expected, double actual, double tolerance = 1e-10) =>
        Arrays.AssertClose([expected], [actual], tolerance, tolerance * Math.Min(1, Math.Abs(expected)) + 1e-13);

    private static Activation Activation(JsonElement row)
    {
        var name = row.Text("activation");
        return row.GetProperty("option").GetString() switch
        {
            "slope" => RegisteredActivation.Create(name, slope: row.Double("number")),
            "negativeSlope" => RegisteredActivation.Create(name, negativeSlope: row.Double("number")),
            "alpha" => RegisteredActivation.Create(name, alpha: row.Double("number")),
            _ => RegisteredActivation.Create(name),
        };
    }
}
