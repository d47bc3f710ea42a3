using TorchSharp;

namespace GradTorch.LibTorch.Tests.Cuda;

/// <summary>A test that needs a GPU: without one it is reported as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CudaFactAttribute : FactAttribute
{
    public CudaFactAttribute()
    {
        if (!torch.cuda.is_available()) Skip = "needs an NVIDIA GPU and a libtorch with CUDA";
    }
}
