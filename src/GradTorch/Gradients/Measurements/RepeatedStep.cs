using GradTorch.Backends.Measures;
using GradTorch.Models;
using GradTorch.Models.Recurrent;
using static TorchSharp.torch;

namespace GradTorch.Gradients.Measurements;

/// <summary>Goes through a step once more, between its backward pass and its update, so that what its layers do not show can be seen.
/// Nothing of it stays: dropout repeats the masks of the step, running statistics do not move, and gradients are put back, to the bit.
/// </summary>
public sealed class RepeatedStep : IDisposable
{
    private readonly EnsembleModel _model;

    public RepeatedStep(EnsembleModel model)
    {
        _model = model;
        Gradients = empty_like(model.Parameters.Gradients).DetachFromDisposeScope();
        Watches = [.. model.LayerNames.Select(_ => new LayerWatch())];
    }

    /// <summary>What losses are multiplied by, float64 (S); null for nothing. Gradients of parameters are divided by it after backward, all
    /// others are not.</summary>
    public Tensor? Scale_S { get; set; }

    /// <summary>The gradients of the step itself, (S, P).</summary>
    public Tensor Gradients { get; }

    /// <summary>What was seen of each layer, in the order of records; empty after a pass that was not watched.</summary>
    public IReadOnlyList<LayerWatch> Watches { get; }

    /// <summary>What was seen of each block of a residual net; empty after a pass that was not split.</summary>
    public SkipWatch Skips { get; } = new();

    /// <summary>One pass forwards and backwards. While it is looked at, the model's gradients are those of this pass.</summary>
    /// <param name="loss">Makes the loss that the step went back from, once more.</param>
    /// <param name="goesBack">Not only forwards.</param>
    public void Run(Repetition repetition, Func<Tensor> loss, Action look, bool goesBack = true)
    {
        using var scope = NewDisposeScope();
        if (repetition == Repetition.None)
        {
            using var off = no_grad();
            look();
            return;
        }
        var gradients = _model.Parameters.Gradients;
        using (no_grad()) Gradients.copy_(gradients);
        try
        {
            Prepare(repetition);
            _model.Parameters.ZeroGradients();
            var made = loss();
            if (goesBack) made.backward();
            using var off = no_grad();
            if (Scale_S is not null) gradients.div_(Scale_S.unsqueeze(1).to(gradients.dtype));
            look();
        }
        finally
        {
            Prepare(null);
            foreach (var watch in Watches) watch.Forget();
            Skips.Forget();
            using (no_grad()) gradients.copy_(Gradients);
        }
    }

    public void Dispose()
    {
        foreach (var watch in Watches) watch.Dispose();
        Skips.Dispose();
        Gradients.Dispose();
    }

    /// <param name="repetition">Null for training as it goes on.</param>
    private void Prepare(Repetition? repetition)
    {
        _model.State.Replaying = repetition is not null;
        var (isWatched, recurrent) = (repetition == Repetition.Same, _model.RecurrentLayers);
        for (var index = 0; index < recurrent.Count; index++) recurrent[index].Watch = isWatched ? Watches[index] : null;
        for (var index = 0; index < _model.Layers.Count; index++)
            _model.Layers[index].Watch = isWatched ? Watches[recurrent.Count + index] : null;
        foreach (var layer in recurrent.OfType<ElmanLayer>()) layer.IsExact = repetition == Repetition.Exact;
        foreach (var layer in _model.Layers.Select(layer => layer.Activation).OfType<ActivationLayer>()) layer.IsExact = repetition == Repetition.Exact;
        _model.Watch = repetition == Repetition.Split ? Skips : null;
    }
}
