using static TorchSharp.torch;

namespace GradTorch;

/// <summary>The independent streams of random numbers that follow from a member's seed.</summary>
/// <param name="Seed">As the experiment names it.</param>
public readonly record struct MemberSeed(long Seed)
{
    /// <summary>Draws the initial weights and biases.</summary>
    public Generator ForWeights() => Stream(1, CPU);

    /// <summary>Draws the order of the data, epoch by epoch.</summary>
    public Generator ForDataOrder() => Stream(2, CPU);

    /// <summary>Draws the masks of dropout, step by step and layer by layer.</summary>
    public Generator ForDropout(Device device) => Stream(3, device);

    /// <summary>SplitMix64 of seed and stream: near seeds give unrelated streams.</summary>
    internal static ulong Mix(long seed, ulong stream)
    {
        var state = unchecked((ulong)seed * 0x9E3779B97F4A7C15 + stream * 0xD1B54A32D192ED03);
        state = unchecked((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9);
        state = unchecked((state ^ (state >> 27)) * 0x94D049BB133111EB);
        return state ^ (state >> 31);
    }

    /// <summary>A seed of 32 bits, which is what the CPU generator reads: the upper half is folded in.</summary>
    internal static ulong Fold(ulong mixed) => (mixed ^ (mixed >> 32)) & 0xFFFFFFFF;

    private Generator Stream(ulong stream, Device device) => new(Fold(Mix(Seed, stream)), device);
}
