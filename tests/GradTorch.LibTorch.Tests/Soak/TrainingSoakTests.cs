using System.Globalization;
using TorchSharp;
using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Soak;

/// <summary>10,000 training steps must leave neither tensors nor memory behind.</summary>
public class TrainingSoakTests
{
    private const int Windows = 8;
    private const int StepsPerWindow = 1250;
    private const long MostGrowth = 2 << 20;

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

    [Fact]
    public void Ten_thousand_steps_leave_no_tensors_and_less_than_two_megabytes()
    {
        var threads = get_num_threads();
        set_num_threads(1); // a net this small is fastest on one, whatever else the machine does
        try
        {
            Soak();
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    private static void Soak()
    {
        manual_seed(1).Dispose();
        using var all = NewDisposeScope();
        var x = Aten.Call("randn", (long[])[16, 8]);
        var y = Aten.Call("randint.low", 0, 3, (long[])[16]);
        var parameters = new[] { Weights(8, 12), Weights(12), Weights(12, 3), Weights(3) };
        using var optimizer = optim.Adam(parameters, 0.001, weight_decay: 1e-4);
        var scheduler = optim.lr_scheduler.ExponentialLR(optimizer, 0.9999);

        // As long again to settle: compiled code, the collector's heaps and the allocator's grow for some thousand steps,
        // and what other tests left to the finalizers is not counted below.
        for (var window = 0; window < Windows; window++)
        {
            Run(parameters, x, y, optimizer, scheduler, StepsPerWindow);
            _ = ResidentAfterCollection();
        }

        var (live, liveOfThread) = (Tensor.TotalCount, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        var residents = new long[Windows];
        for (var window = 0; window < Windows; window++)
        {
            Run(parameters, x, y, optimizer, scheduler, StepsPerWindow);
            residents[window] = ResidentAfterCollection();
        }

        Assert.Equal(live, Tensor.TotalCount);
        Assert.Equal(liveOfThread, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        // A leak grows in every window; the collector's heaps, in a process that has run thousands of other tests, take a
        // few megabytes in one step now and then. So the middle increment counts, over all windows.
        var increments = residents.Zip(residents[1..], (before, after) => after - before).Order().ToArray();
        var growth = increments[increments.Length / 2] * Windows;
        Assert.True(growth < MostGrowth, $"resident memory grew by {growth} bytes: {string.Join(", ", residents)}");
    }

    private static void Run(Parameter[] parameters, Tensor x, Tensor y, optim.Optimizer optimizer,
        optim.lr_scheduler.LRScheduler scheduler, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var hidden = Tap.apply(Aten.Call("tanh", Aten.Call("addmm", parameters[1], x, parameters[0])));
            var loss = Aten.Call("cross_entropy_loss", Aten.Call("addmm", parameters[3], hidden, parameters[2]), y);
            loss.backward();
            optimizer.step();
            scheduler.step();
        }
    }

    private static Parameter Weights(params long[] shape)
    {
        using var drawn = Aten.Call("randn", shape);
        return new Parameter(Aten.Call("mul.Scalar", drawn, 0.1));
    }

    /// <summary>Bytes of this process in memory, after a full collection.</summary>
    private static long ResidentAfterCollection()
    {
        Garbage.Collect();
        var pages = File.ReadAllText("/proc/self/statm").Split(' ')[1];
        return long.Parse(pages, CultureInfo.InvariantCulture) * Environment.SystemPageSize;
    }
}
