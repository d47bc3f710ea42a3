using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests;

public class RuntimeTests
{
    [Fact]
    public void The_number_of_threads_is_what_was_set()
    {
        var before = get_num_threads();
        set_num_threads(before + 1);
        Assert.Equal(before + 1, get_num_threads());
        set_num_threads(before);
        Assert.Equal(before, get_num_threads());
        Assert.InRange(get_num_interop_threads(), 1, 1024);
        Assert.ThrowsAny<Exception>(() => set_num_threads(0));
    }

    [Fact]
    public void The_version_is_libtorchs() => Assert.Matches(@"^\d+\.\d+", __version__);
}
