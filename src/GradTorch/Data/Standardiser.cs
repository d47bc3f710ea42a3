using static TorchSharp.torch;

namespace GradTorch.Data;

/// <summary>x′ = x · scale + offset, with one scale and offset or with one for each feature.</summary>
public sealed class Standardiser : IDisposable
{
    private readonly Tensor _scale;
    private readonly Tensor _offset;
    private readonly ScalarType _dtype;

    /// <param name="scale">One number, or one for each feature.</param>
    /// <param name="offset">As many as <paramref name="scale"/>.</param>
    public Standardiser(double[] scale, double[] offset, ScalarType dtype, Device device)
    {
        _dtype = dtype;
        _scale = tensor(scale, dtype, device).DetachFromDisposeScope();
        _offset = tensor(offset, dtype, device).DetachFromDisposeScope();
    }

    public Tensor Apply(Tensor raw) => raw.to(_dtype).mul(_scale).add_(_offset);

    public void Dispose()
    {
        _scale.Dispose();
        _offset.Dispose();
    }
}
