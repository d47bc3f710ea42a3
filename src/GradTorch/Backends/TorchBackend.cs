namespace GradTorch.Backends;

/// <summary>The backend of this process. Its first use loads libtorch.</summary>
public static class TorchBackend
{
    static TorchBackend()
    {
        HostMemory.Keep();
#if TORCH_SYSTEM
        Current = new LibTorchBackend();
#else
        Current = new PackageBackend();
#endif
    }

    public static ITorchBackend Current { get; }
}
