using System.Globalization;
using TorchSharp;
using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Soak;

/// <summary>What <see cref="SoakProcess"/> does: trains a small net, on and on, and counts what that leaves behind.</summary>
internal static class TrainingSoak
{
    private const int Windows = 8;
    private const int StepsPerWindow = 1250;

    /// <summary>The identity, with a look at the gradient, as a gradient tap has.</summary>
    private sealed class Tap : autograd.SingleTensorFunction<Tap>
    {
        public override string Name => nameof(Tap);

        public override Tensor forward(autograd.AutogradContext ctx, params object?[] vars)
        {
            ctx.save_for_backward([(Tensor)vars[0]!]);
            return Aten.Call("alias", (Tensor)vars[0]!);
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            _ = Aten.Call("mul.Tensor", grad_output, ctx.get_saved_variables()[0]);
            return [grad_output];
        }
    }

    /// <summary>10,000 steps after a warm-up of as many: compiled code, the collector's heaps and the allocator's grow for
    /// some thousand steps.</summary>
    /// <param name="leak">Leaves a tensor of 1 KB behind at every step.</param>
    public static SoakResult Run(bool leak)
    {
        set_num_threads(1);
        manual_seed(1).Dispose();
        using var all = NewDisposeScope();
        var x = Aten.Call("randn", (long[])[16, 8]);
        var y = Aten.Call("randint.low", 0, 3, (long[])[16]);
        var parameters = new[] { Weights(8, 12), Weights(12), Weights(12, 3), Weights(3) };
        using var optimizer = optim.Adam(parameters, 0.001, weight_decay: 1e-4);
        var scheduler = optim.lr_scheduler.ExponentialLR(optimizer, 0.9999);
        var kept = new List<Tensor>();

        long Window()
        {
            for (var i = 0; i < StepsPerWindow; i++)
            {
                using var scope = NewDisposeScope();
                optimizer.zero_grad();
                var hidden = Tap.apply(Aten.Call("tanh", Aten.Call("addmm", parameters[1], x, parameters[0])));
                var loss = Aten.Call("cross_entropy_loss", Aten.Call("addmm", parameters[3], hidden, parameters[2]), y);
                loss.backward();
                optimizer.step();
                scheduler.step();
                if (leak) kept.Add(ones([256], float32).DetachFromDisposeScope());
            }
            Garbage.Collect();
            return Resident();
        }

        // With a look at the memory each time: the first one alone loads and compiles 1.5 MB.
        for (var window = 0; window < Windows; window++) Window();
        var (live, ofThread) = (Tensor.TotalCount, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        var residents = new List<long>();
        for (var window = 0; window < Windows; window++) residents.Add(Window());
        return new SoakResult(
            Tensor.TotalCount - live, DisposeScopeManager.Statistics.ThreadTotalLiveCount - ofThread, residents);
    }

    private static Parameter Weights(params long[] shape)
    {
        using var drawn = Aten.Call("randn", shape);
        return new Parameter(Aten.Call("mul.Scalar", drawn, 0.1));
    }

    /// <summary>Bytes of this process in memory.</summary>
    private static long Resident()
    {
        var pages = File.ReadAllText("/proc/self/statm").Split(' ')[1];
        return long.Parse(pages, CultureInfo.InvariantCulture) * Environment.SystemPageSize;
    }
}
