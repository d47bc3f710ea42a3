using TorchSharp;

namespace GradTorch.Tests.Studies;

/// <summary>A theory about a CUDA device; visibly skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryWithCudaAttribute : TheoryAttribute
{
    public TheoryWithCudaAttribute()
    {
        if (!torch.cuda.is_available()) Skip = "needs an NVIDIA GPU and a libtorch with CUDA";
    }
}
