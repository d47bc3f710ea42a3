using static TorchSharp.torch;

namespace GradTorch.Activations;

/// <summary>Forwards an activation, backwards its surrogate derivative. What the activation itself learns gets its exact
/// gradient.</summary>
internal sealed class SurrogateFunction : autograd.SingleTensorFunction<SurrogateFunction>
{
    public override string Name => nameof(SurrogateFunction);

    /// <summary>g(z); what an activation learns is an argument of its own, so that its gradient has somewhere to go.</summary>
    public static Tensor Of(Tensor z, Nonlinearity nonlinearity) =>
        nonlinearity.Forward is LearntActivation learnt ? apply(z, nonlinearity, ParameterUse.Of(learnt.Parameter)) : apply(z, nonlinearity);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (z, nonlinearity) = ((Tensor)vars[0], (Nonlinearity)vars[1]);
        ctx.save_for_backward([z]);
        ctx.save_data("nonlinearity", nonlinearity);
        return nonlinearity.Forward.Forward(z);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        // Of a CUDA device backward has a thread of its own, which the scope of the step does not reach.
        using var scope = NewDisposeScope();
        var nonlinearity = (Nonlinearity)ctx.get_data("nonlinearity")!;
        var z = ctx.get_saved_variables()[0];
        var gradient = (grad_output * nonlinearity.Slope(z)).MoveToOuterDisposeScope();
        if (nonlinearity.Forward is not LearntActivation learnt) return [gradient, null!];
        return [gradient, null!, learnt.ParameterGradient(z, grad_output).MoveToOuterDisposeScope()];
    }
}
