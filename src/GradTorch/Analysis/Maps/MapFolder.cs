using System.Security.Cryptography;
using System.Text;
using GradTorch.Runs;

namespace GradTorch.Analysis.Maps;

/// <summary>
/// The folder of a map, <c>runs/&lt;name&gt;/map-&lt;hash of what defines it&gt;</c>: the same command finds what is there and goes on
/// from it. Cells are appended to one file, on disk before more are computed; what a kill left of a cell is dropped at the next opening.
/// </summary>
public sealed class MapFolder : IDisposable
{
    /// <summary>What <see cref="MapRecord"/> is kept in.</summary>
    internal const string RecordFile = "map.json";

    internal const string CellsFile = "cells.csv", Prefix = "map-";

    private const int HashLetters = 12;

    private readonly FileStream _file;
    private readonly MapRecord _record;
    private readonly Dictionary<(int X, int Y), MapCell> _cells = [];

    private MapFolder(string path, FileStream file, MapRecord record)
    {
        (Path, _file, _record) = (path, file, record);
        Read();
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>What is there.</summary>
    public StoredMap Map => new(Path, _record, [.. _cells.Values.OrderBy(cell => (cell.Y, cell.X))]);

    /// <param name="parent">The folder of the experiment.</param>
    /// <param name="config">The experiment as JSON, for config.json.</param>
    /// <param name="record">For map.json: the file of the cells has numbers of values.</param>
    /// <param name="definition">All that the verdicts depend on.</param>
    /// <exception cref="RunException">It can't be made or written, or another process computes this map.</exception>
    public static MapFolder Open(string parent, string config, MapRecord record, string definition)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(definition)))[..HashLetters];
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(parent, Prefix + hash));
        try
        {
            Directory.CreateDirectory(path);
            var cells = new FileStream(System.IO.Path.Combine(path, CellsFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            AtomicFile.Write(System.IO.Path.Combine(path, "config.json"), config);
            AtomicFile.Write(System.IO.Path.Combine(path, RecordFile), record.ToJson());
            return new MapFolder(path, cells, record);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunException(
                $"{path} can't be written: {e.Message} Wait for a map that is computed there, or give an output folder that you may write to.", e);
        }
    }

    public bool Has(int x, int y) => _cells.ContainsKey((x, y));

    /// <summary>Adds the cells that are not there yet.</summary>
    public void Add(IEnumerable<MapCell> cells)
    {
        var lines = new StringBuilder();
        foreach (var cell in cells.Where(cell => _cells.TryAdd((cell.X, cell.Y), cell)))
        {
            foreach (var point in cell.Seeds) lines.Append(MapLine.Of(point));
        }
        Write(lines.ToString());
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Reads cells as far as they are whole.</summary>
    /// <param name="seeds">Of each cell.</param>
    /// <returns>Also how many bytes that is; 0 where the file is not one of cells.</returns>
    internal static (IReadOnlyList<MapCell> Cells, long Whole) CellsIn(FileStream file, int seeds)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var text = Encoding.ASCII.GetString(bytes);
        if (!text.StartsWith(MapLine.Header, StringComparison.Ordinal)) return ([], 0);
        var (cells, whole) = (new List<MapCell>(), (long)MapLine.Header.Length);
        // What follows the last line break is a line that was not written to its end.
        foreach (var lines in text[MapLine.Header.Length..].Split('\n').SkipLast(1).Chunk(seeds))
        {
            MapPoint[] points = [.. lines.Select(MapLine.Parse).OfType<MapPoint>()];
            if (points.Length < seeds || points.Any(point => (point.X, point.Y) != (points[0].X, points[0].Y))) break;
            cells.Add(new MapCell(points[0].X, points[0].Y, points));
            whole += lines.Sum(line => line.Length + 1);
        }
        return (cells, whole);
    }

    private void Read()
    {
        var (cells, whole) = CellsIn(_file, _record.Seeds);
        foreach (var cell in cells.Where(_record.Has)) _cells.TryAdd((cell.X, cell.Y), cell);
        _file.SetLength(whole);
        _file.Seek(0, SeekOrigin.End);
        if (whole == 0) Write(MapLine.Header);
    }

    private void Write(string text)
    {
        _file.Write(Encoding.ASCII.GetBytes(text));
        _file.Flush(flushToDisk: true);
    }
}
