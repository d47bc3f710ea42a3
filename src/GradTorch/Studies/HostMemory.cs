namespace GradTorch.Studies;

/// <summary>Memory of this machine.</summary>
public static class HostMemory
{
    /// <summary>Bytes that the process may use, with the limit of a container.</summary>
    public static long Available => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
}
