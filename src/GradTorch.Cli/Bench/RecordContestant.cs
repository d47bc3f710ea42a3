using System.Diagnostics;
using GradTorch.Quantities;
using GradTorch.Runs;

namespace GradTorch.Cli.Bench;

/// <summary>Writes what one recurrent layer has at each timestep into a run.db, every step, as the recorder of a run does. Nothing is
/// trained.</summary>
internal sealed class RecordContestant(int members, int timesteps) : Contestant
{
    /// <summary>Steps that are written at once.</summary>
    private const int Flush = 4;

    private readonly string _folder = Directory.CreateTempSubdirectory("gradtorch-bench-").FullName;
    private readonly double[] _block = TimestepBlock.Of(Flush, members, timesteps);
    private readonly long[] _lastSteps = [.. Enumerable.Repeat(long.MaxValue, members)];
    private RecordSize? _size;

    public override RecordSize? Size => _size;

    public override double Run(int steps)
    {
        var path = Path.Combine(_folder, "run.db");
        File.Delete(path);
        Stopwatch clock;
        using (var database = RunDatabase.Create(path))
        {
            clock = Stopwatch.StartNew();
            foreach (var part in Enumerable.Range(0, steps).Select(step => (long)step).Chunk(Flush))
            {
                using var batch = database.BeginBatch();
                batch.AddTimestepGradients(part, _lastSteps, layers: 1, timesteps, _block.AsSpan(0, _block.Length / Flush * part.Length));
                batch.Commit();
            }
        }
        var seconds = clock.Elapsed.TotalSeconds;
        var rows = members * timesteps;
        _size = new RecordSize(rows, new FileInfo(path).Length / ((double)steps * rows * TimestepQuantities.Count));
        return seconds;
    }

    public override void Dispose() => Directory.Delete(_folder, recursive: true);
}
