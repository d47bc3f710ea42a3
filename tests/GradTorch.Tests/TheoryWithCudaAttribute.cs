namespace GradTorch.Tests;

/// <summary>A theory about a CUDA device; visibly skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryWithCudaAttribute : TheoryAttribute
{
    public TheoryWithCudaAttribute() => Skip = new FactWithCudaAttribute().Skip;
}
