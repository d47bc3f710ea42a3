namespace GradTorch.Backends;

/// <summary>The backend of this process.</summary>
public static class TorchBackend
{
    public static ITorchBackend Current { get; } =
#if TORCH_SYSTEM
        new LibTorchBackend();
#else
        new PlainTorchBackend();
#endif
}
