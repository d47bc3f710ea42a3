namespace GradTorch.Tests.Backends;

/// <summary>What a step frees stays with the process, unless the user wants it otherwise.</summary>
public sealed class HostMemoryTests
{
    [Fact]
    public void Large_tensors_lie_in_the_heap_and_their_memory_is_kept() =>
        Assert.Equal((false, true), HeapProcess.Run(null, null));

    [Theory]
    [InlineData("MALLOC_MMAP_THRESHOLD_", "65536")]
    [InlineData("GLIBC_TUNABLES", "glibc.malloc.check=0:glibc.malloc.mmap_threshold=65536")]
    public void The_users_threshold_of_mapping_holds(string name, string value) =>
        Assert.Equal((true, false), HeapProcess.Run(name, value));

    [Theory]
    [InlineData("MALLOC_TRIM_THRESHOLD_", "65536")]
    [InlineData("GLIBC_TUNABLES", "glibc.malloc.trim_threshold=65536")]
    public void The_users_threshold_of_giving_back_holds(string name, string value) =>
        Assert.Equal((false, false), HeapProcess.Run(name, value));
}
