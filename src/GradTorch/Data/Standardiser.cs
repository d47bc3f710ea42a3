using GradTorch.Backends;
using static TorchSharp.torch;

namespace GradTorch.Data;

/// <summary>x′ = x · scale + offset, with one scale and offset or with one for each feature.</summary>
public sealed class Standardiser : IDisposable
{
    private readonly Tensor _scale;
    private readonly Tensor _offset;

    /// <param name="scale">One number, or one for each feature.</param>
    /// <param name="offset">As many as <paramref name="scale"/>.</param>
    public Standardiser(double[] scale, double[] offset, ScalarType dtype, Device device)
        : this(tensor(scale, dtype, device), tensor(offset, dtype, device))
    {
    }

    /// <param name="scale">Of a shape that extends to that of a batch's inputs; it decides on type and device.</param>
    /// <param name="offset">Of the same shape.</param>
    public Standardiser(Tensor scale, Tensor offset)
    {
        _scale = scale.DetachFromDisposeScope();
        _offset = offset.DetachFromDisposeScope();
    }

    public Tensor Apply(Tensor raw) => TorchBackend.Current.Standardise(raw, _scale, _offset);

    public void Dispose()
    {
        _scale.Dispose();
        _offset.Dispose();
    }
}
