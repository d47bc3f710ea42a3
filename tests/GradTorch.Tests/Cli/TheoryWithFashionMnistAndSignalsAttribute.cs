using GradTorch.Tests.Data;

namespace GradTorch.Tests.Cli;

/// <summary>A theory about a run that is sent Unix signals; visibly skipped where there are none, or no data.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryWithFashionMnistAndSignalsAttribute : TheoryAttribute
{
    public TheoryWithFashionMnistAndSignalsAttribute()
    {
        Skip = OperatingSystem.IsWindows() ? "Windows has no signals to send." : new FactWithFashionMnistAttribute().Skip;
    }
}
