using GradTorch.Backends;
using static TorchSharp.torch;

namespace GradTorch.Tests.Backends;

public sealed class DenormalTests
{
    [Fact]
    public void Denormals_become_0_and_are_kept_again()
    {
        using var scope = NewDisposeScope();
        var small = tensor([1e-30f]);
        try
        {
            Assert.True(TorchBackend.Current.FlushDenormals(true));
            Assert.Equal(0, small.mul(1e-10).item<float>());
            Assert.True(TorchBackend.Current.FlushDenormals(false));
            Assert.Equal(1e-40f, small.mul(1e-10).item<float>());
        }
        finally
        {
            TorchBackend.Current.FlushDenormals(false);
        }
    }

#if !TORCH_SYSTEM
    [Fact]
    public void The_packages_libtorch_has_the_switch_by_the_name_that_it_is_called_by() => Assert.True(PackageLibrary.HasDenormalSwitch);
#endif
}
