namespace GradTorch.Tests;

/// <summary>A theory about what our binding promises beyond TorchSharp; visibly skipped where a package supplies the API.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryWithBindingAttribute : TheoryAttribute
{
#if !TORCH_SYSTEM
    public TheoryWithBindingAttribute() => Skip = "TorchSharp itself does not promise it";
#endif
}
