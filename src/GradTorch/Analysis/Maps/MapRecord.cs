using System.Text.Json;
using GradTorch.Analysis.Verdicts;
using GradTorch.Runs;

namespace GradTorch.Analysis.Maps;

/// <summary>What a map is of, as map.json in its folder holds it.</summary>
/// <param name="Name">Of the experiment, with its variant if it is one.</param>
/// <param name="Seeds">Networks in each cell.</param>
/// <param name="Steps">Of training before the gradient was measured; 0 at initialisation.</param>
/// <param name="Unit">Of what the gradient is followed over: layer or timestep.</param>
/// <param name="Critical">Where theory expects gradients to keep their size before training.</param>
public sealed record MapRecord(
    string Name, MapAxisRecord X, MapAxisRecord Y, int Seeds, long Steps, string Unit, GradientLimits Limits, CriticalCurve Critical)
{
    public int Cells => X.Values.Count * Y.Values.Count;

    /// <summary>Whether it has a cell of these numbers.</summary>
    public bool Has(MapCell cell) => cell.X < X.Values.Count && cell.Y < Y.Values.Count;

    /// <summary>at initialisation, or after 200 steps.</summary>
    public string When => Steps == 0 ? "at initialisation" : FormattableString.Invariant($"after {Steps:N0} {(Steps == 1 ? "step" : "steps")}");

    public string ToJson() => JsonSerializer.Serialize(this, RecordJson.Options) + "\n";

    /// <exception cref="JsonException">It is not the JSON of a map.</exception>
    public static MapRecord FromJson(string json) =>
        JsonSerializer.Deserialize<MapRecord>(json, RecordJson.Options) ?? throw new JsonException("There is no map in it.");
}
