namespace GradTorch.Backends;

/// <summary>The backend of this process. Its first use loads libtorch.</summary>
public static class TorchBackend
{
    public static ITorchBackend Current { get; } =
#if TORCH_SYSTEM
        new LibTorchBackend();
#else
        new PackageBackend();
#endif
}
