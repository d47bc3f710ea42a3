using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GradTorch.Models;

/// <summary>All parameters of all members in one tensor (S, P), and all their gradients in another. The parameters of the
/// layers are views of it: an optimiser or a norm goes over everything at once, whatever the depth.</summary>
public sealed class EnsembleParameters : IDisposable
{
    private readonly List<(Tensor Value, Tensor Gradient)> _taken = [];
    private long _used;

    /// <param name="members">S.</param>
    /// <param name="perMember">P: the number of parameters that will be taken, exactly.</param>
    /// <param name="narrow">Null where layers take them as they are.</param>
    public EnsembleParameters(long members, long perMember, ScalarType dtype, Device device, ScalarType? narrow = null)
    {
        Narrow = narrow;
        Values = zeros([members, perMember], dtype, device).DetachFromDisposeScope();
        Gradients = zeros([members, perMember], dtype, device).DetachFromDisposeScope();
    }

    /// <summary>The type that layers compute in, on copies of their parameters; null where that is the parameters' own.</summary>
    public ScalarType? Narrow { get; }

    /// <summary>A tensor as layers compute with it: of the type <see cref="Narrow"/> or, on the CPU, which has not all operators in such
    /// types, of the parameters' own with the numbers of the narrow one. Backward rounds gradients likewise.</summary>
    public Tensor Rounded(Tensor tensor) =>
        Narrow is not { } narrow ? tensor : tensor.is_cpu() ? tensor.to(narrow).to(Values.dtype) : tensor.to(narrow);

    /// <summary>(S, P).</summary>
    public Tensor Values { get; }

    /// <summary>(S, P): what backward has accumulated since <see cref="ZeroGradients"/>.</summary>
    public Tensor Gradients { get; }

    /// <summary>Every parameter, with its view of <see cref="Gradients"/>.</summary>
    public IReadOnlyList<(Tensor Value, Tensor Gradient)> Taken => _taken;

    /// <summary>The next parameter, (S, …shape), with its gradient at the same place in <see cref="Gradients"/>.</summary>
    /// <exception cref="InvalidOperationException">It is more than was announced.</exception>
    public (Parameter Parameter, long Offset) Take(params long[] shape)
    {
        using var scope = NewDisposeScope();
        var offset = _used;
        _used += shape.Aggregate(1L, (product, size) => product * size);
        if (_used > Values.shape[1]) throw Mismatch();
        var gradient = View(Gradients, offset, shape).DetachFromDisposeScope();
        var parameter = (Parameter)new Parameter(View(Values, offset, shape)) { grad = gradient }.DetachFromDisposeScope();
        _taken.Add((parameter, gradient));
        return (parameter, offset);
    }

    /// <summary>The part of a tensor (S, P) that starts at an offset, as (S, …shape).</summary>
    public static Tensor View(Tensor all, long offset, params long[] shape)
    {
        var count = shape.Aggregate(1L, (product, size) => product * size);
        using var part = all.narrow(1, offset, count);
        return part.view([all.shape[0], .. shape]);
    }

    /// <exception cref="InvalidOperationException">Less was taken than was announced.</exception>
    public void RequireAllTaken()
    {
        if (_used != Values.shape[1]) throw Mismatch();
    }

    public void ZeroGradients()
    {
        using var scope = NewDisposeScope();
        Gradients.zero_();
    }

    public void Dispose()
    {
        foreach (var (_, gradient) in _taken) gradient.Dispose();
        Values.Dispose();
        Gradients.Dispose();
    }

    private InvalidOperationException Mismatch() =>
        new(FormattableString.Invariant($"{Values.shape[1]} parameters were announced and {_used} are taken"));
}
