using System.Text.Json;
using GradTorch.Runs;

namespace GradTorch.Analysis.Maps;

/// <summary>A map as far as it is computed.</summary>
/// <param name="Folder">Where it is kept.</param>
/// <param name="Cells">In the order of y, then x.</param>
public sealed record StoredMap(string Folder, MapRecord Of, IReadOnlyList<MapCell> Cells)
{
    public bool IsComplete => Cells.Count == Of.Cells;

    /// <summary>Networks that diverged.</summary>
    public int Diverged => Cells.Sum(cell => cell.Diverged);

    /// <exception cref="RunException">It is not the folder of a map, or its files can't be read.</exception>
    public static StoredMap Read(string folder)
    {
        var path = Path.GetFullPath(folder);
        var file = Path.Combine(path, MapFolder.RecordFile);
        if (!File.Exists(file)) throw new RunException($"{folder} is not the folder of a map: it has no {MapFolder.RecordFile}.{Below(path)}");
        try
        {
            var record = MapRecord.FromJson(File.ReadAllText(file));
            using var cells = new FileStream(Path.Combine(path, MapFolder.CellsFile), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var (read, _) = MapFolder.CellsIn(cells, record.Seeds);
            return new StoredMap(path, record, [.. read.Where(record.Has).DistinctBy(cell => (cell.X, cell.Y)).OrderBy(cell => (cell.Y, cell.X))]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new RunException($"The map in {path} can't be read: {e.Message} Compute it again with the command that made it.", e);
        }
    }

    /// <summary>The maps in a folder, for a message.</summary>
    private static string Below(string path)
    {
        const int MostNamed = 5;
        string[] maps =
        [
            .. Directory.EnumerateDirectories(path, MapFolder.Prefix + "*", SearchOption.AllDirectories)
                .Where(map => File.Exists(Path.Combine(map, MapFolder.RecordFile))).Order(StringComparer.Ordinal),
        ];
        return maps.Length == 0 ? " Give the one that map prints." : " Give one of " + string.Join(", ", maps.Take(MostNamed)) + (maps.Length > MostNamed ? ", …." : ".");
    }
}
