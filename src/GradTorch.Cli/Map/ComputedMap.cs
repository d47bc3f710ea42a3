using GradTorch.Analysis.Maps;
using GradTorch.Studies.Maps;

namespace GradTorch.Cli.Map;

/// <summary>A map as far as it is computed.</summary>
/// <param name="Folder">Where its cells are kept.</param>
/// <param name="Cells">In the order of y, then x.</param>
internal sealed record ComputedMap(MapPlan Plan, string Folder, IReadOnlyList<MapCell> Cells)
{
    public bool IsComplete => Cells.Count == Plan.Cells;
}
