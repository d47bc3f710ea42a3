#if !TORCH_SYSTEM
namespace GradTorch.Backends;

/// <summary>A package of TorchSharp: its own operators, and what its libtorch has beyond them.</summary>
public sealed class PackageBackend : PlainTorchBackend
{
    /// <exception cref="DllNotFoundException">The package's native library can't be loaded; the message says why and what to do.
    /// </exception>
    public PackageBackend()
    {
        if (PackageLibrary.Problem() is { } problem) throw new DllNotFoundException($"{problem}; {PackageLibrary.WayOut}");
    }

    public override bool FlushDenormals(bool on) => PackageLibrary.FlushDenormals(on);
}
#endif
