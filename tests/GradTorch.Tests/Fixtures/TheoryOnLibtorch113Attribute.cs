using GradTorch.Backends;

namespace GradTorch.Tests.Fixtures;

/// <summary>A theory about what libtorch has changed since the release that made the fixtures; visibly skipped on another one.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryOnLibtorch113Attribute : TheoryAttribute
{
    public TheoryOnLibtorch113Attribute()
    {
        var version = TorchBackend.Current.LibtorchVersion;
        if (!version.StartsWith("1.13.", StringComparison.Ordinal))
            Skip = $"libtorch {version} computes these otherwise than 1.13, which made the fixtures";
    }
}
