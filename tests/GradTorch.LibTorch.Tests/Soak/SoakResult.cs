namespace GradTorch.LibTorch.Tests.Soak;

/// <summary>What 10,000 training steps left behind.</summary>
/// <param name="NewTensors">Live tensors after them, less those before them.</param>
/// <param name="NewTensorsOfThread">The same by the statistics of the dispose scopes.</param>
/// <param name="Residents">Bytes of the process in memory after each window of the steps.</param>
internal sealed record SoakResult(long NewTensors, long NewTensorsOfThread, IReadOnlyList<long> Residents)
{
    /// <summary>Bytes.</summary>
    public long Growth => Residents[^1] - Residents[0];

    public override string ToString() => FormattableString.Invariant(
        $"{NewTensors} and {NewTensorsOfThread} tensors more, {Growth} bytes more: {string.Join(", ", Residents)}");
}
