using System.Diagnostics;
using System.Globalization;
using static TorchSharp.torch;

namespace GradTorch.Benchmarks;

/// <summary>Times contestants in turn, A B A B …, so that a machine whose speed drifts slows all of them alike. What counts
/// is the median over the rounds of each one's time as a ratio to the first one's of the same round.</summary>
internal static class Rounds
{
    /// <param name="contestants">Each does a number of steps and says how many seconds they took.</param>
    public static void Compare(string title, int rounds, int steps, params (string Name, Func<int, double> Run)[] contestants)
    {
        foreach (var (_, run) in contestants) run(steps);
        var seconds = contestants.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < contestants.Length; i++) seconds[i].Add(contestants[i].Run(steps));
        }
        Console.WriteLine($"{title} ({rounds} rounds of {steps} steps)");
        for (var i = 0; i < contestants.Length; i++)
        {
            var ratios = seconds[i].Zip(seconds[0], (mine, first) => mine / first);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {contestants[i].Name,-36} {Median(seconds[i]) / steps * 1e3,8:F3} ms/step   ratio {Median(ratios):F3}   [{ratios.Min():F3} .. {ratios.Max():F3}]"));
        }
    }

    /// <summary>Seconds that the work takes until its device has done it.</summary>
    public static double Time(Device device, Action work)
    {
        Wait(device);
        var clock = Stopwatch.StartNew();
        work();
        Wait(device);
        return clock.Elapsed.TotalSeconds;
    }

    /// <summary>Until the device has done all that it was given.</summary>
    public static void Wait(Device device)
    {
        if (device.type == TorchSharp.DeviceType.CUDA) cuda.synchronize(device);
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
