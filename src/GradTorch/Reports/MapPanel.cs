using GradTorch.Analysis.Maps;

namespace GradTorch.Reports;

/// <summary>The cells of a map as they were measured, and theory's line over them.</summary>
public sealed record MapPanel(string Title, Axis X, Axis Y, StoredMap Map) : Panel(Title, X, Y)
{
    /// <summary>Fates that cells have, in their order.</summary>
    public IReadOnlyList<MapFate> Fates => [.. Map.Cells.Select(cell => cell.Fate).Distinct().Order()];

    public override IReadOnlyList<string> Series => [.. Fates.Select(fate => fate.Name())];
}
