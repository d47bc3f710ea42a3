using GradTorch.Backends.Scan;
using GradTorch.Gradients;
using GradTorch.Quantities;
using GradTorch.Tests.Oracles;
using GradTorch.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Backends.Scan;

public sealed class VanishingGradientPenaltyTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public VanishingGradientPenaltyTests() => GradTorch.Backends.TorchBackend.Current.FlushDenormals(false);

    public static TheoryData<string, string> Nonlinearities =>
        BackendNames.With("tanh", "relu", "sigmoid", "tanh, surrogate");

    public static TheoryData<string> Backends => BackendNames.Theory;

    public void Dispose() => scope.Dispose();

    /// <summary>Against autograd through W alone, pair by pair.</summary>
    [Theory]
    [MemberData(nameof(Nonlinearities))]
    public void It_adds_its_immediate_derivative_to_the_gradient_of_W_alone(string backend, string nonlinearity)
    {
        foreach (var every in (bool[])[false, true])
        foreach (var truncate in (int?[])[null, 1, 3])
        foreach (var ended in (bool[])[false, true])
        foreach (var timesteps in (int[])[1, 7])
        {
            using var inner = NewDisposeScope();
            var problem = new ElmanProblem(members: 3, timesteps);
            var options = new ElmanScanOptions(
                ElmanNonlinearities.Create(nonlinearity, 3), every, truncate, ended ? problem.Lengths : null);
            var oracle = new ElmanOracle(problem.X, problem.Input, problem.Bias, problem.Recurrent, options);
            var expected = problem.Backward(oracle.Output);
            var weights = new MemberValues([0.5, 0, 2]);
            var omega = oracle.Omega();
            (omega * weights.Like(omega)).sum().backward();
            expected[3] = HostCopy.Doubles(problem.Recurrent.grad!);

            var measured = full([3], 7.5, float64);
            var actual = problem.Backward(problem.Scan(BackendNames.Create(backend), options with
            {
                Record = problem.NewRecord(),
                Penalty = new VanishingGradientPenalty(weights, measured),
            }));
            for (var i = 1; i < 4; i++) Arrays.AssertClose(expected[i]!, actual[i]!, 1e-9, 1e-12);
            Arrays.AssertClose(HostCopy.Doubles(omega), HostCopy.Doubles(measured), 1e-9, 1e-12);
        }
    }

    /// <summary>One linear unit passes w of the gradient from step to step: by equation 10 of the paper each Ω_k is (w² − 1)²,
    /// and its derivative 4w(w² − 1). By equation 9 it would be (w − 1)².</summary>
    [Theory]
    [MemberData(nameof(Backends))]
    public void Of_a_linear_unit_it_is_that_of_squared_norms(string backend)
    {
        var problem = new ElmanProblem(members: 2, timesteps: 5, hidden: 1);
        using (no_grad()) problem.Recurrent.copy_(tensor(new[] { 0.5, 1.25 }).view(2, 1, 1));
        var (options, omega) = (new ElmanScanOptions(ElmanNonlinearities.Create("identity", 2)), zeros([2], float64));
        var penalty = new VanishingGradientPenalty(new MemberValues([3, 4]), omega);
        var without = problem.Backward(problem.Scan(BackendNames.Create(backend), options))[3]!;
        var with = problem.Backward(problem.Scan(BackendNames.Create(backend), options with { Penalty = penalty }))[3]!;
        Arrays.AssertClose([0.5625, 0.31640625], HostCopy.Doubles(omega), 1e-12);
        Arrays.AssertClose([3 * -1.5, 4 * 2.8125], [.. with.Zip(without, (one, other) => one - other)], 1e-9);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void Recording_changes_no_bit_of_it(string backend)
    {
        var problem = new ElmanProblem(2, 9, batch: 5, hidden: 19, dtype: ScalarType.Float32);
        var options = new ElmanScanOptions(ElmanNonlinearities.Create("tanh", 2), Truncate: 4,
            Penalty: new VanishingGradientPenalty(MemberValues.Uniform(1.5, 2)));
        var plain = problem.Backward(problem.Scan(BackendNames.Create(backend), options));
        var recorded = problem.Backward(
            problem.Scan(BackendNames.Create(backend), options with { Record = problem.NewRecord() }));
        Assert.Equal(Bits.Of(plain[3]!), Bits.Of(recorded[3]!));
    }

    /// <summary>It is there for gradients that vanish: its ratios are right when their squares underflow.</summary>
    [Theory]
    [MemberData(nameof(Backends))]
    public void Ratios_of_tiny_gradients_are_those_of_large_ones(string backend)
    {
        var (large, small) = (Measure(1), Measure(1e-30));
        Arrays.AssertClose(large.Omega, small.Omega, 1e-5);
        Arrays.AssertClose(large.Gradient, small.Gradient, 1e-4, 1e-5 * large.Gradient.Max(Math.Abs));

        (double[] Omega, double[] Gradient) Measure(double size)
        {
            var problem = new ElmanProblem(2, 9, batch: 5, hidden: 19, dtype: ScalarType.Float32);
            problem.Upstream *= size;
            var omega = zeros([2], float64);
            var options = new ElmanScanOptions(ElmanNonlinearities.Create("tanh", 2));
            var penalty = new VanishingGradientPenalty(MemberValues.Uniform(1, 2), omega);
            var without = problem.Backward(problem.Scan(BackendNames.Create(backend), options))[3]!;
            var with = problem.Backward(problem.Scan(BackendNames.Create(backend), options with { Penalty = penalty }))[3]!;
            return (HostCopy.Doubles(omega), [.. with.Zip(without, (one, other) => one - other)]);
        }
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void Following_it_brings_the_norms_of_gradients_closer_to_each_other(string backend)
    {
        var problem = new ElmanProblem(1, 12, batch: 6, hidden: 10);
        using (no_grad()) problem.Recurrent.mul_(0.3);
        var (tested, record, omega) = (BackendNames.Create(backend), problem.NewRecord(), zeros([1], float64));
        var options = new ElmanScanOptions(ElmanNonlinearities.Create("identity", 1), Record: record,
            Penalty: new VanishingGradientPenalty(MemberValues.Uniform(1, 1), omega));
        problem.Upstream *= 1e-6; // The loss itself says next to nothing.
        var (first, falling) = Step();
        for (var step = 0; step < 400; step++) Step();
        var (last, level) = Step();
        Assert.True(last < 0.05 * first, FormattableString.Invariant($"Ω went from {first} to {last}"));
        Assert.True(falling > 100 && level < 2, FormattableString.Invariant($"the norms' ratio went from {falling} to {level}"));

        (double Omega, double Ratio) Step()
        {
            using var inner = NewDisposeScope();
            problem.Backward(problem.Scan(tested, options));
            using var off = no_grad();
            problem.Recurrent.sub_(0.1 * (problem.Recurrent.grad! - ElmanProblem.Before));
            var norms = HostCopy.Doubles(record.Table_STQ[0].select(1, (int)TimestepQuantity.HiddenGradient));
            return (HostCopy.Doubles(omega)[0], norms[^1] / norms[0]);
        }
    }
}
