using static TorchSharp.torch;

namespace GradTorch.Models;

/// <summary>What the layers of a model know of a training step beside their inputs, and the streams of random numbers that
/// they draw from.</summary>
public sealed class StepState(IReadOnlyList<MemberSeed> seeds, Device device) : IDisposable
{
    private Generator[]? _dropout;

    /// <summary>Members that still train, bool (S); null for all. What a layer keeps of a member (running statistics, the
    /// last mask) stays as it is once the member has stopped.</summary>
    public Tensor? Alive { get; set; }

    /// <summary>The forward pass repeats each member's last one: masks are those of then, statistics stay.</summary>
    public bool Replaying { get; set; }

    /// <summary>Rescales the gradient behind every layer, or every block of a residual net; null to leave it as it is.</summary>
    public GradientRescaling? Rescaling { get; set; }

    /// <summary>A layer draws random numbers in training.</summary>
    public bool DrawsAtRandom { get; internal set; }

    /// <summary>Each member's stream for dropout, on the model's device. All layers draw from it, in their order.</summary>
    public IReadOnlyList<Generator> Dropout => _dropout ??= [.. seeds.Select(seed => seed.ForDropout(device))];

    /// <summary>What a layer keeps of each member: the new value of those that train, the old one of the others.</summary>
    /// <param name="kept">(S, …).</param>
    internal Tensor Living(Tensor fresh, Tensor kept)
    {
        if (Alive is null) return fresh;
        long[] shape = [Alive.shape[0], .. Enumerable.Repeat(1L, (int)kept.dim() - 1)];
        return where(Alive.view(shape), fresh, kept);
    }

    public void Dispose()
    {
        foreach (var generator in _dropout ?? []) generator.Dispose();
        _dropout = null;
    }
}
