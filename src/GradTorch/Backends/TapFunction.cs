using static TorchSharp.torch;

namespace GradTorch.Backends;

/// <summary>The tap of <see cref="PlainTorchBackend"/>: an identity whose backward measures and passes on.</summary>
internal sealed class TapFunction : autograd.SingleTensorFunction<TapFunction>
{
    public override string Name => "GradientTap";

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        ctx.save_data("arguments", vars);
        return ((Tensor)vars[0]).alias();
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var arguments = (object[])ctx.get_data("arguments")!;
        PlainTorchBackend.Measure(
            grad_output, (Tensor)arguments[1], (int)arguments[2], (int)arguments[3], (int)arguments[4]);
        return [grad_output, null!, null!, null!, null!];
    }
}
