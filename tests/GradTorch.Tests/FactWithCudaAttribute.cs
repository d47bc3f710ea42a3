using TorchSharp;

namespace GradTorch.Tests;

/// <summary>A fact about a CUDA device; visibly skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactWithCudaAttribute : FactAttribute
{
    public FactWithCudaAttribute()
    {
        if (!torch.cuda.is_available()) Skip = "needs an NVIDIA GPU and a libtorch with CUDA";
    }
}
