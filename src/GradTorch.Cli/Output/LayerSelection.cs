namespace GradTorch.Cli.Output;

/// <summary>The layers of a deep network that a table shows.</summary>
internal static class LayerSelection
{
    /// <summary>Up to this many layers, all of them.</summary>
    public const int Most = 22;

    /// <summary>All layers, or the first, every k-th, the last hidden one and the output: at most <see cref="Most"/>.</summary>
    /// <returns>Indices from 0.</returns>
    public static IEnumerable<int> Of(int layers)
    {
        var every = layers <= Most ? 1 : (layers + Most - 4) / (Most - 3);
        return Enumerable.Range(0, layers)
            .Where(index => index == 0 || index >= layers - 2 || (index + 1) % every == 0);
    }
}
