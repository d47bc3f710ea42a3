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
    private const int HashLetters = 12;

    private readonly FileStream _file;
    private readonly int _seeds;
    private readonly Dictionary<(int X, int Y), MapCell> _cells = [];

    private MapFolder(string path, FileStream file, int seeds)
    {
        (Path, _file, _seeds) = (path, file, seeds);
        Read();
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>Those that are there, in the order of y, then x.</summary>
    public IReadOnlyList<MapCell> Cells => [.. _cells.Values.OrderBy(cell => (cell.Y, cell.X))];

    /// <param name="parent">The folder of the experiment.</param>
    /// <param name="config">The experiment as JSON, for config.json.</param>
    /// <param name="axes">Both axes as JSON, for axes.json: the file of the cells has numbers of values.</param>
    /// <param name="definition">All that the verdicts depend on.</param>
    /// <param name="seeds">Of each cell.</param>
    /// <exception cref="RunException">It can't be made or written, or another process computes this map.</exception>
    public static MapFolder Open(string parent, string config, string axes, string definition, int seeds)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(definition)))[..HashLetters];
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(parent, $"map-{hash}"));
        try
        {
            Directory.CreateDirectory(path);
            var cells = new FileStream(System.IO.Path.Combine(path, "cells.csv"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            AtomicFile.Write(System.IO.Path.Combine(path, "config.json"), config);
            AtomicFile.Write(System.IO.Path.Combine(path, "axes.json"), axes);
            return new MapFolder(path, cells, seeds);
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

    private void Read()
    {
        var bytes = new byte[_file.Length];
        _file.ReadExactly(bytes);
        var text = Encoding.ASCII.GetString(bytes);
        if (!text.StartsWith(MapLine.Header, StringComparison.Ordinal))
        {
            _file.SetLength(0);
            Write(MapLine.Header);
            return;
        }
        var whole = MapLine.Header.Length;
        // What follows the last line break is a line that was not written to its end.
        foreach (var lines in text[whole..].Split('\n').SkipLast(1).Chunk(_seeds))
        {
            MapPoint[] points = [.. lines.Select(MapLine.Parse).OfType<MapPoint>()];
            if (points.Length < _seeds || points.Any(point => (point.X, point.Y) != (points[0].X, points[0].Y))) break;
            _cells.TryAdd((points[0].X, points[0].Y), new MapCell(points[0].X, points[0].Y, points));
            whole += lines.Sum(line => line.Length + 1);
        }
        _file.SetLength(whole);
        _file.Seek(0, SeekOrigin.End);
    }

    private void Write(string text)
    {
        _file.Write(Encoding.ASCII.GetBytes(text));
        _file.Flush(flushToDisk: true);
    }
}
