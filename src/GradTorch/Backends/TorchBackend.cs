namespace GradTorch.Backends;

/// <summary>The backend of this process. Its first use loads libtorch.</summary>
public static class TorchBackend
{
    /// <summary>Whether members go over the threads, each by itself. Known without libtorch.</summary>
#if TORCH_SYSTEM
    public const bool SpreadsMembers = true;
#else
    public const bool SpreadsMembers = false;
#endif

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
