using GradTorch.Backends;
using GradTorch.Quantities;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GradTorch.Models.Recurrent;

/// <summary>h W of one timestep, for cells that autograd goes through timestep by timestep. Backward adds hᵀδ to W's gradient
/// and, when the step is recorded, measures it: this timestep's share of ∂L/∂W.</summary>
internal sealed class RecurrentProduct : autograd.SingleTensorFunction<RecurrentProduct>
{
    public override string Name => nameof(RecurrentProduct);

    /// <param name="h_SBH">The state before the timestep.</param>
    /// <param name="weight_SHG">W, with a <c>grad</c>.</param>
    /// <param name="table">(S, quantity) of the timestep, or null.</param>
    public static Tensor Of(Tensor h_SBH, Parameter weight_SHG, Tensor? table) =>
        apply(h_SBH, weight_SHG, new Place(weight_SHG.grad!, table));

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (h, weight) = ((Tensor)vars[0], (Tensor)vars[1]);
        ctx.save_for_backward([h, weight]);
        ctx.save_data("place", vars[2]);
        return bmm(h, weight);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        // Of a CUDA device backward has a thread of its own, which the scope of the step does not reach.
        using var scope = NewDisposeScope();
        var saved = ctx.get_saved_variables();
        var (h, weight, place) = (saved[0], saved[1], (Place)ctx.get_data("place")!);
        var share = bmm(h.transpose(1, 2), grad_output);
        place.Gradient.add_(share);
        if (place.Table is not null)
            TorchBackend.Current.MeasureNorm(share, place.Table, (int)TimestepQuantity.RecurrentWeightGradient);
        return [bmm(grad_output, weight.transpose(1, 2)).MoveToOuterDisposeScope(), null!, null!];
    }

    private sealed record Place(Tensor Gradient, Tensor? Table);
}
