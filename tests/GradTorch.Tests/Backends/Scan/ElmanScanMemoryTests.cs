using GradTorch.Backends.Scan;
using GradTorch.Gradients;
using GradTorch.Quantities;
using GradTorch.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Backends.Scan;

public sealed class ElmanScanMemoryTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public static TheoryData<string, bool> Outputs => BackendNames.With(false, true);

    public void Dispose() => scope.Dispose();

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Steps_leave_no_tensors_behind(string backend, bool every)
    {
        var problem = new ElmanProblem(members: 2, timesteps: 5);
        using var workspace = new ScanWorkspace();
        var nonlinearities = new[] { "tanh", "relu, surrogate" }.Select(name => ElmanNonlinearities.Create(name, 2)).ToArray();
        var record = problem.NewRecord();
        Steps(5);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;
        Steps(250);
        Assert.Equal(before, Tensor.TotalCount);

        void Steps(int count)
        {
            var tested = BackendNames.Create(backend);
            for (var step = 0; step < count; step++)
            {
                foreach (var nonlinearity in nonlinearities)
                {
                    using var inner = NewDisposeScope();
                    var options = new ElmanScanOptions(
                        nonlinearity, every, Truncate: 2, problem.Lengths, record, workspace);
                    problem.Backward(problem.Scan(tested, options));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Two_graphs_that_live_at_once_do_not_share_a_workspace(string backend, bool every)
    {
        var (one, other) = (new ElmanProblem(2, 6, seed: 1), new ElmanProblem(2, 6, seed: 20));
        var options = new ElmanScanOptions(ElmanNonlinearities.Create("tanh", 2), every);
        var expected = new[] { Run(one, options), Run(other, options) };
        using var workspace = new ScanWorkspace();
        var shared = options with { Workspace = workspace };
        for (var repetition = 0; repetition < 3; repetition++)
        {
            var tested = BackendNames.Create(backend);
            using var inner = NewDisposeScope();
            var (first, second) = (one.Scan(tested, shared), other.Scan(tested, shared));
            Assert.Equal(expected[1], Gradients(other, second));
            Assert.Equal(expected[0], Gradients(one, first));
            // The first output is still alive when the next scan asks for memory.
            var states = Bits.Of(HostCopy.Doubles(first));
            var third = other.Scan(tested, shared);
            Assert.Equal(states, Bits.Of(HostCopy.Doubles(first)));
            third.Dispose();
        }

        long[] Run(ElmanProblem problem, ElmanScanOptions given) =>
            Gradients(problem, problem.Scan(BackendNames.Create(backend), given));

        static long[] Gradients(ElmanProblem problem, Tensor output) =>
            [.. problem.Backward(output).Where(gradient => gradient is not null).SelectMany(gradient => Bits.Of(gradient!))];
    }

    [Theory]
    [MemberData(nameof(BackendNames.Theory), MemberType = typeof(BackendNames))]
    public void What_does_not_fit_is_refused(string backend)
    {
        var problem = new ElmanProblem(2, 6);
        var tested = BackendNames.Create(backend);
        var options = new ElmanScanOptions(ElmanNonlinearities.Create("tanh", 2));
        var (x, input, bias, recurrent) = (problem.X, problem.Input, problem.Bias, problem.Recurrent);
        Action[] wrong =
        [
            () => tested.ElmanScan(x[0], input, bias, recurrent, options),
            () => tested.ElmanScan(x.narrow(3, 0, 1), input, bias, recurrent, options),
            () => tested.ElmanScan(x.narrow(0, 0, 1), input, bias, recurrent, options),
            () => tested.ElmanScan(x.narrow(1, 0, 0), input, bias, recurrent, options),
            () => tested.ElmanScan(x, input, bias.squeeze(1), recurrent, options),
            () => tested.ElmanScan(x, input, bias, recurrent.narrow(1, 0, 1), options),
            () => tested.ElmanScan(x, input, bias, recurrent, options with { Truncate = 0 }),
            () => tested.ElmanScan(x, input, bias, recurrent, options with { Lengths_SB = problem.Lengths.narrow(1, 0, 1) }),
            () => tested.ElmanScan(x, input, bias, recurrent,
                options with { Record = new TimestepRecord(zeros([2, 5, TimestepQuantities.Count], float64)) }),
        ];
        Assert.All(wrong, act => Assert.Throws<ArgumentException>(act));
    }

    [TheoryWithBinding]
    [MemberData(nameof(BackendNames.Theory), MemberType = typeof(BackendNames))]
    public void Going_back_twice_is_refused(string backend)
    {
        var problem = new ElmanProblem(1, 3);
        var loss = problem.Scan(
            BackendNames.Create(backend), new ElmanScanOptions(ElmanNonlinearities.Create("tanh", 1))).sum();
        loss.backward();
        Assert.ThrowsAny<Exception>(() => loss.backward());
    }
}
