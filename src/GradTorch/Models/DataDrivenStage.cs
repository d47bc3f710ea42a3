using GradTorch.Initialisation;
using static TorchSharp.torch;

namespace GradTorch.Models;

/// <summary>The second stage of a data-driven initialiser: one forward pass, in which each layer's weights are multiplied
/// until its output is as it should be, and only then does the output go on to the next layer.</summary>
public static class DataDrivenStage
{
    /// <summary>Rescales the weights of every layer and member. Normalisation and dropout act as in evaluation, so that
    /// neither statistics nor random streams move.</summary>
    /// <param name="inputs">One batch for each member, (S, …, features).</param>
    /// <param name="gain">Of each member.</param>
    /// <returns>Names of the layers that the pass has not seen, because their model does not call them as modules.</returns>
    public static IReadOnlyList<string> Run(
        EnsembleModel model, DataDrivenInitialiser initialiser, Tensor inputs, MemberValues gain)
    {
        var unseen = model.Layers.ToDictionary(layer => layer.Linear, layer => layer.Name);
        var hooks = model.Layers.Select(layer => layer.Linear.register_forward_hook(
            (_, x, z) => unseen.Remove(layer.Linear) ? Rescale(layer.Linear, initialiser, x, z, gain) : z)).ToList();
        var training = model.training;
        using var scope = NewDisposeScope();
        using var off = no_grad();
        try
        {
            model.eval();
            model.call(inputs);
        }
        finally
        {
            model.train(training);
            foreach (var hook in hooks) hook.remove();
        }
        return [.. unseen.Values];
    }

    private static Tensor Rescale(
        EnsembleLinear layer, DataDrivenInitialiser initialiser, Tensor x, Tensor z, MemberValues gain)
    {
        for (var iteration = 0; iteration < initialiser.Iterations; iteration++)
        {
            using var scope = NewDisposeScope();
            var factor = initialiser.Rescaling(z, gain).view(-1, 1, 1);
            layer.Weight.mul_(factor.to(layer.Weight.dtype));
            z = layer.forward(x).MoveToOuterDisposeScope();
        }
        return z;
    }
}
