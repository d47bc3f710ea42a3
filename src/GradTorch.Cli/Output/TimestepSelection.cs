namespace GradTorch.Cli.Output;

/// <summary>The timesteps of a long sequence that a table shows.</summary>
internal static class TimestepSelection
{
    /// <summary>Up to this many timesteps, all of them.</summary>
    public const int Most = 22;

    /// <summary>All timesteps, or the first, every k-th and the last, with k of 2, 5, 10, 20, 50 …: at most <see cref="Most"/>.
    /// </summary>
    /// <returns>Timesteps from 1.</returns>
    public static IEnumerable<int> Of(int timesteps)
    {
        var every = Every(timesteps);
        return Enumerable.Range(1, timesteps)
            .Where(timestep => timestep == 1 || timestep == timesteps || timestep % every == 0);
    }

    private static long Every(int timesteps)
    {
        if (timesteps <= Most) return 1;
        for (long decade = 1; ; decade *= 10)
        {
            foreach (var every in new[] { decade, 2 * decade, 5 * decade })
            {
                // Beside the multiples there are the first and the last.
                if (timesteps / every <= Most - 2) return every;
            }
        }
    }
}
