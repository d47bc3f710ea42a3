namespace GradTorch.LibTorch.Tests.Fixtures;

/// <summary>A theory about what PyTorch has changed since the release that made the fixtures; visibly skipped on another one.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryOnLibtorch113Attribute : TheoryAttribute
{
    public TheoryOnLibtorch113Attribute()
    {
        if (!Library.Version.StartsWith("1.13.", StringComparison.Ordinal))
            Skip = $"libtorch {Library.Version} computes these otherwise than 1.13, which made the fixtures";
    }
}
