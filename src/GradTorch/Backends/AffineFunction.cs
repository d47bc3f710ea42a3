using static TorchSharp.torch;

namespace GradTorch.Backends;

/// <summary>x W + b of <see cref="PlainTorchBackend"/> where gradients are strided: backward adds them to the <c>grad</c> of
/// W and b.</summary>
/// <remarks>Measured with TorchSharp on a CPU, a step of 50 layers of 64 units: 28.6 ms against 30.2 ms by operators with 4
/// members, 11.9 ms against 9.6 ms with one.</remarks>
internal sealed class AffineFunction : autograd.SingleTensorFunction<AffineFunction>
{
    public override string Name => nameof(AffineFunction);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (x, weight, bias) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        ctx.save_for_backward([x, weight]);
        ctx.save_data("arguments", vars);
        return bmm(x, weight).add_(bias);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        // Of a CUDA device backward has a thread of its own, which the scope of the step does not reach.
        using var scope = NewDisposeScope();
        var (saved, arguments) = (ctx.get_saved_variables(), (object[])ctx.get_data("arguments")!);
        var (x, weight) = (saved[0], saved[1]);
        ((Tensor)arguments[1]).grad!.add_(bmm(x.transpose(1, 2), grad_output));
        ((Tensor)arguments[2]).grad!.add_(grad_output.sum([1L], keepdim: true));
        return [x.requires_grad ? bmm(grad_output, weight.transpose(1, 2)).MoveToOuterDisposeScope() : null!, null!, null!];
    }
}
