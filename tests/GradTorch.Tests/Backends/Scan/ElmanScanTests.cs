using GradTorch.Backends.Scan;
using GradTorch.Gradients;
using GradTorch.Tests.Oracles;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Backends.Scan;

/// <summary>The fused scan against its twin that goes cell by cell, in float64.</summary>
public sealed class ElmanScanTests : IDisposable
{
    private const double Relative = 1e-6, Absolute = 1e-12;

    private readonly DisposeScope scope = NewDisposeScope();

    public static TheoryData<string, int, int> Sizes
    {
        get
        {
            var data = new TheoryData<string, int, int>();
            foreach (var backend in BackendNames.All)
            foreach (var members in (int[])[1, 3])
            foreach (var timesteps in (int[])[1, 2, 7, 30])
            {
                data.Add(backend, members, timesteps);
            }
            return data;
        }
    }

    public static TheoryData<string, string> Nonlinearities => BackendNames.With(ElmanNonlinearities.Names);

    public void Dispose() => scope.Dispose();

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Outputs_gradients_and_what_is_recorded_are_those_of_the_cells(string backend, int members, int timesteps)
    {
        foreach (var every in (bool[])[false, true])
        foreach (var truncate in (int?[])[null, 1, 3, 10])
        foreach (var lengths in (bool[])[false, true])
        {
            using var inner = NewDisposeScope();
            var problem = new ElmanProblem(members, timesteps);
            var options = new ElmanScanOptions(
                ElmanNonlinearities.Create("tanh(nz)", members), every, truncate, lengths ? problem.Lengths : null);
            AssertLikeCells(backend, problem, options);
        }
    }

    [Theory]
    [MemberData(nameof(Nonlinearities))]
    public void Every_activation_and_surrogate_goes_back_by_its_own_slope(string backend, string nonlinearity)
    {
        foreach (var every in (bool[])[false, true])
        {
            using var inner = NewDisposeScope();
            var problem = new ElmanProblem(members: 3, timesteps: 7);
            var g = ElmanNonlinearities.Create(nonlinearity, 3);
            AssertLikeCells(backend, problem, new ElmanScanOptions(g, every, Truncate: 3, problem.Lengths));
        }
    }

    /// <summary>One feature, many, and more units than a vector of the processor holds.</summary>
    [Theory]
    [MemberData(nameof(Features))]
    public void Any_width_will_do(string backend, int features)
    {
        foreach (var hidden in (int[])[1, 17, 70])
        {
            using var inner = NewDisposeScope();
            var problem = new ElmanProblem(members: 2, timesteps: 4, batch: 5, features, hidden);
            AssertLikeCells(backend, problem, new ElmanScanOptions(ElmanNonlinearities.Create("tanh", 2)));
        }
    }

    public static TheoryData<string, int> Features => BackendNames.With(1, 3, 4, 5, 28);

    [Theory]
    [MemberData(nameof(BackendNames.Theory), MemberType = typeof(BackendNames))]
    public void Gradients_are_those_of_finite_differences(string backend)
    {
        var problem = new ElmanProblem(members: 2, timesteps: 5);
        problem.X.requires_grad_();
        var options = new ElmanScanOptions(ElmanNonlinearities.Create("tanh", 2), Lengths_SB: problem.Lengths);
        var tested = BackendNames.Create(backend);
        var gradients = problem.Backward(problem.Scan(tested, options));
        Tensor[] arguments = [problem.X, problem.Input, problem.Bias, problem.Recurrent];
        for (var i = 0; i < arguments.Length; i++)
        {
            var (argument, before) = (arguments[i], i == 0 ? 0 : ElmanProblem.Before);
            var expected = FiniteDifferences.Gradient(Loss, HostCopy.Doubles(argument));
            Arrays.AssertClose([.. expected.Select(element => element + before)], gradients[i]!, 1e-7, 1e-7);

            double Loss(double[] at)
            {
                using var inner = NewDisposeScope();
                using var off = no_grad();
                var original = argument.clone();
                argument.copy_(at.ToTensor(float64, argument.shape));
                var loss = (problem.Scan(tested, options) * problem.Upstream.select(1, -1)).sum();
                argument.copy_(original);
                return HostCopy.Doubles(loss)[0];
            }
        }
    }

    private static void AssertLikeCells(string backend, ElmanProblem problem, ElmanScanOptions options)
    {
        problem.X.requires_grad_();
        var oracle = new ElmanOracle(problem.X, problem.Input, problem.Bias, problem.Recurrent, options);
        var expected = problem.Backward(oracle.Output);
        var record = problem.NewRecord();
        var output = problem.Scan(BackendNames.Create(backend), options with { Record = record });
        var actual = problem.Backward(output);

        Assert.Equal(oracle.Output.shape, output.shape);
        Arrays.AssertClose(HostCopy.Doubles(oracle.Output), HostCopy.Doubles(output), Relative, Absolute);
        for (var i = 0; i < expected.Length; i++) Arrays.AssertClose(expected[i]!, actual[i]!, Relative, Absolute);
        Arrays.AssertClose(oracle.Recorded(), HostCopy.Doubles(record.Table_STQ), Relative, Absolute);
    }
}
