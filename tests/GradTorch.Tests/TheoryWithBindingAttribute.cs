namespace GradTorch.Tests;

/// <summary>A theory about what our binding promises beyond TorchSharp, or what is the same whatever supplies the API and takes long; visibly
/// skipped where a package does.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryWithBindingAttribute : TheoryAttribute
{
#if !TORCH_SYSTEM
    public TheoryWithBindingAttribute() => Skip = "it is tried with our binding";
#endif
}
