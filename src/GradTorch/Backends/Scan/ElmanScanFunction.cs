using GradTorch.Activations;
using static TorchSharp.torch;

namespace GradTorch.Backends.Scan;

/// <summary>The scan as one autograd function over the whole sequence, with operators that every supplier of the API has, on
/// any device. Arguments: x (S, T, B, D), U (S, D, H), b (S, 1, H), W (S, H, H), the options, the backend that measures, and
/// the parameter of an activation that learns.</summary>
internal sealed class ElmanScanFunction : autograd.SingleTensorFunction<ElmanScanFunction>
{
    public override string Name => "ElmanScan";

    public static Tensor Of(Tensor x, Tensor input, Tensor bias, Tensor recurrent, ElmanScanOptions options,
        ITorchBackend backend)
    {
        object[] arguments = [x, .. ParameterUse.Of(input, bias, recurrent), options, backend];
        return options.Nonlinearity.Forward is LearntActivation learnt
            ? apply([.. arguments, ParameterUse.Of(learnt.Parameter)])
            : apply(arguments);
    }

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (x, input, bias, recurrent) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2], (Tensor)vars[3]);
        var (options, backend) = ((ElmanScanOptions)vars[4], (ITorchBackend)vars[5]);
        var (a, h) = ElmanScanForward.Run(x, input, bias, recurrent, options, backend);
        options.Watch?.SeeScan(a, ElmanScanForward.Running(options, a));
        ctx.save_for_backward([x, input, recurrent, a, h]);
        ctx.save_data("options", options);
        ctx.save_data("backend", backend);
        return options.EveryOutput ? h.alias() : h.select(1, -1).clone();
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var options = (ElmanScanOptions)ctx.get_data("options")!;
        var backend = (ITorchBackend)ctx.get_data("backend")!;
        using var scope = NewDisposeScope();
        if (ctx.get_saved_variables() is not [var x, var input, var recurrent, var a, var h])
            throw new InvalidOperationException("the scan's graph was gone through before");
        var (delta, hiddenGradient, received) = ElmanScanBackward.Run(grad_output, a, recurrent, options);
        options.Watch?.SeeScanBack(delta);
        if (options.Record is { } record)
            ElmanScanMeasurement.Write(record.Table_STQ, hiddenGradient!, delta, h, backend);

        var (rows, inputs) = (delta.flatten(1, 2), x.flatten(1, 2));
        var timesteps = h.shape[1] - 1;
        var (earlier, later) = (h.narrow(1, 0, timesteps).flatten(1, 2), delta.narrow(1, 1, timesteps).flatten(1, 2));
        var recurrentGradient = bmm(earlier.transpose(1, 2), later);
        if (options.Penalty is not null)
            recurrentGradient.add_(ElmanScanPenalty.Gradient(received!, delta, recurrent, options));
        List<Tensor> gradients =
        [
            x.requires_grad ? bmm(rows, input.transpose(1, 2)).view(x.shape).MoveToOuterDisposeScope() : null!,
            bmm(inputs.transpose(1, 2), rows).MoveToOuterDisposeScope(),
            rows.sum([1L], keepdim: true).MoveToOuterDisposeScope(),
            recurrentGradient.MoveToOuterDisposeScope(),
            null!, null!,
        ];
        if (options.Nonlinearity.Forward is LearntActivation learnt)
            gradients.Add(learnt.ParameterGradient(a, received!).MoveToOuterDisposeScope());
        return gradients;
    }
}
