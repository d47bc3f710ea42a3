using static TorchSharp.torch;

namespace GradTorch.Backends.Measures;

/// <summary>Taps with TorchSharp's own means: what is tapped is kept until backward, which gives out its gradient.</summary>
internal abstract class TappedMeasures : LayerMeasures
{
    private readonly List<(Tensor Tensor, TableRow Row, NormMeasure Measure)> _tapped = [];

    public override void Tap(Tensor tensor, TableRow row, int norm, int zeros, int nonfinite)
    {
        if (tensor.requires_grad) _tapped.Add((Held(tensor), row, new NormMeasure(norm, zeros, nonfinite)));
    }

    public override void Backward(Tensor loss, IReadOnlyList<(Tensor Value, Tensor Gradient)> parameters)
    {
        using var scope = NewDisposeScope();
        // To strided gradients functions of ours add, which give libtorch nothing: it would leave out those that it needs for
        // no tap, and TorchSharp counts a tensor too many for each gradient that is not there.
        var gradients = parameters.All(parameter => parameter.Gradient.is_contiguous())
            ? GivenOut(loss, parameters)
            : Retained(loss);
        for (var index = 0; index < _tapped.Count; index++)
        {
            if (gradients[index] is { IsInvalid: false } gradient) Measure(LayerRecord.Wide(gradient), _tapped[index].Row, _tapped[index].Measure);
        }
        ForgetTaps();
    }

    public override void Finish() => ForgetTaps();

    /// <param name="tensor">The caller disposes of it.</param>
    protected abstract void Measure(Tensor tensor, TableRow row, RowMeasure measure);

    /// <summary>The same tensor once more, for callers dispose of theirs: a sequence of modules of what is between them. Its type is
    /// its own already, so nothing is converted or copied.</summary>
    protected static Tensor Held(Tensor tensor) => tensor.to(tensor.dtype).DetachFromDisposeScope();

    protected override void Dispose(bool disposing)
    {
        if (disposing) ForgetTaps();
        base.Dispose(disposing);
    }

    /// <summary>What is tapped counts as input, like the parameters: libtorch gives those gradients out as they are, whereas
    /// retaining copies each, at about the cost of all that is measured of it.</summary>
    private IReadOnlyList<Tensor?> GivenOut(Tensor loss, IReadOnlyList<(Tensor Value, Tensor Gradient)> parameters)
    {
        var gradients = autograd.grad(
            [loss], [.. _tapped.Select(tap => tap.Tensor), .. parameters.Select(parameter => parameter.Value)], allow_unused: true);
        using var off = no_grad();
        for (var index = 0; index < parameters.Count; index++)
        {
            if (gradients[_tapped.Count + index] is { IsInvalid: false } gradient) parameters[index].Gradient.add_(gradient);
        }
        return [.. gradients];
    }

    private IReadOnlyList<Tensor?> Retained(Tensor loss)
    {
        foreach (var tap in _tapped) tap.Tensor.retain_grad();
        loss.backward();
        return [.. _tapped.Select(tap => tap.Tensor.grad)];
    }

    private void ForgetTaps()
    {
        foreach (var (tensor, _, _) in _tapped) tensor.Dispose();
        _tapped.Clear();
    }
}
