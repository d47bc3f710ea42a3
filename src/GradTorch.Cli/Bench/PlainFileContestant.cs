using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GradTorch.Cli.Bench;

/// <summary>Writes the same numbers as bytes into a plain file: no record is written faster.</summary>
internal sealed class PlainFileContestant(int members, int timesteps) : Contestant
{
    private readonly string _path = Path.GetTempFileName();
    private readonly double[] _block = TimestepBlock.Of(records: 1, members, timesteps);

    public override double Run(int steps)
    {
        var clock = Stopwatch.StartNew();
        using (var file = File.Create(_path))
        {
            for (var step = 0; step < steps; step++) file.Write(MemoryMarshal.AsBytes(_block.AsSpan()));
        }
        return clock.Elapsed.TotalSeconds;
    }

    public override void Dispose() => File.Delete(_path);
}
