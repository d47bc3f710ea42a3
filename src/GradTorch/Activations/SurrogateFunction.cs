using static TorchSharp.torch;

namespace GradTorch.Activations;

/// <summary>Forwards an activation, backwards its surrogate derivative.</summary>
internal sealed class SurrogateFunction : autograd.SingleTensorFunction<SurrogateFunction>
{
    public override string Name => nameof(SurrogateFunction);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (z, nonlinearity) = ((Tensor)vars[0], (Nonlinearity)vars[1]);
        ctx.save_for_backward([z]);
        ctx.save_data("nonlinearity", nonlinearity);
        return nonlinearity.Forward.Forward(z);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var nonlinearity = (Nonlinearity)ctx.get_data("nonlinearity")!;
        using var slope = nonlinearity.Slope(ctx.get_saved_variables()[0]);
        return [grad_output * slope, null!];
    }
}
