using GradTorch.Backends.Scan;
using GradTorch.Gradients;
using GradTorch.Quantities;
using GradTorch.Tests.Oracles;
using GradTorch.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Backends.Scan;

/// <summary>What holds for a scan whatever it computes: recording, neighbours, memory.</summary>
public sealed class ElmanScanPromiseTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public ElmanScanPromiseTests() => GradTorch.Backends.TorchBackend.Current.FlushDenormals(false);

    public static TheoryData<string> Backends => BackendNames.Theory;

    public static TheoryData<string, ScalarType> Precisions => BackendNames.With(ScalarType.Float32, ScalarType.Float64);

    public void Dispose() => scope.Dispose();

    [Theory]
    [MemberData(nameof(Precisions))]
    public void Recording_changes_no_bit(string backend, ScalarType precision)
    {
        foreach (var options in Variants(members: 2))
        {
            var problem = Large(members: 2, precision);
            problem.X.requires_grad_();
            var lengths = options.Lengths_SB is null ? null : problem.Lengths;
            var (output, gradients) = Run(problem, backend, options with { Lengths_SB = lengths });
            var record = problem.NewRecord(States(2));
            var (recordedOutput, recorded) = Run(problem, backend, options with { Lengths_SB = lengths, Record = record });
            Assert.Equal(Bits.Of(output), Bits.Of(recordedOutput));
            for (var i = 0; i < gradients.Length; i++) Assert.Equal(Bits.Of(gradients[i]!), Bits.Of(recorded[i]!));
        }
    }

    [Theory]
    [MemberData(nameof(Precisions))]
    public void A_member_alone_is_the_member_among_others(string backend, ScalarType precision)
    {
        var (together, alone) = (Large(3, precision), Large(1, precision));
        using (no_grad())
        {
            foreach (var (one, all) in new[] { (alone.X, together.X), (alone.Input, together.Input),
                (alone.Bias, together.Bias), (alone.Recurrent, together.Recurrent), (alone.Upstream, together.Upstream) })
            {
                one.copy_(all.narrow(0, 1, 1));
            }
        }
        var tanh = ElmanNonlinearities.Create("tanh", 1);
        var (recordTogether, recordAlone) = (together.NewRecord(), alone.NewRecord());
        var (_, gradients) = Run(together, backend, new ElmanScanOptions(tanh, Record: recordTogether));
        var (_, lone) = Run(alone, backend, new ElmanScanOptions(tanh, Record: recordAlone));
        var tolerance = precision == float32 ? 1e-4 : 1e-11;
        for (var i = 1; i < lone.Length; i++)
        {
            var count = lone[i]!.Length;
            Arrays.AssertClose(lone[i]!, gradients[i]![count..(2 * count)], tolerance, tolerance);
        }
        Arrays.AssertClose(
            HostCopy.Doubles(recordAlone.Table_STQ), HostCopy.Doubles(recordTogether.Table_STQ[1]), tolerance);
    }

    [Theory]
    [MemberData(nameof(Precisions))]
    public void A_member_full_of_NaN_touches_no_other(string backend, ScalarType precision)
    {
        foreach (var options in Variants(members: 3))
        {
            var (healthy, spoilt) = (Large(3, precision), Large(3, precision));
            using (no_grad()) spoilt.Recurrent[1, 0].fill_(double.NaN);
            var lengths = options.Lengths_SB is null ? null : healthy.Lengths;
            var (expectedRecord, record) = (healthy.NewRecord(), spoilt.NewRecord());
            var (output, gradients) = Run(healthy, backend, options with { Lengths_SB = lengths, Record = expectedRecord });
            var (spoiltOutput, spoiltGradients) = Run(spoilt, backend, options with { Lengths_SB = lengths, Record = record });
            AssertOthers(output, spoiltOutput);
            for (var i = 1; i < gradients.Length; i++) AssertOthers(gradients[i]!, spoiltGradients[i]!);
            var (expectedRows, rows) = (HostCopy.Doubles(expectedRecord.Table_STQ), HostCopy.Doubles(record.Table_STQ));
            AssertOthers(expectedRows, rows);
            var third = rows.Length / 3;
            Assert.Contains(rows[third..(2 * third)].Chunk(TimestepQuantities.Count),
                row => row[(int)TimestepQuantity.Nonfinite] > 0 && double.IsNaN(row[(int)TimestepQuantity.PreactivationGradient]));
        }

        static void AssertOthers(double[] expected, double[] actual)
        {
            var third = expected.Length / 3;
            Assert.Equal(Bits.Of(expected[..third]), Bits.Of(actual[..third]));
            Assert.Equal(Bits.Of(expected[(2 * third)..]), Bits.Of(actual[(2 * third)..]));
            Assert.Contains(actual[third..(2 * third)], double.IsNaN);
        }
    }

    /// <summary>float32's norm of 1e-30 would be 0: the squares underflow; so would float64's of 1e-200.</summary>
    [Theory]
    [MemberData(nameof(Precisions))]
    public void Norms_are_true_at_every_magnitude(string backend, ScalarType precision)
    {
        var size = precision == float32 ? 1e-30 : 1e-200;
        var (small, ordinary) = (Large(2, precision), Large(2, precision));
        small.Upstream *= size;
        var options = new ElmanScanOptions(ElmanNonlinearities.Create("tanh", 2), EveryOutput: true);
        var (smallRecord, record) = (small.NewRecord(), ordinary.NewRecord());
        Run(small, backend, options with { Record = smallRecord });
        Run(ordinary, backend, options with { Record = record });
        foreach (var quantity in (TimestepQuantity[])[TimestepQuantity.HiddenGradient,
            TimestepQuantity.PreactivationGradient, TimestepQuantity.RecurrentWeightGradient])
        {
            var expected = HostCopy.Doubles(record.Table_STQ.select(2, (int)quantity)).Select(norm => norm * size);
            Arrays.AssertClose([.. expected], HostCopy.Doubles(smallRecord.Table_STQ.select(2, (int)quantity)), 1e-4);
        }
    }

    [Theory]
    [MemberData(nameof(Precisions))]
    public void All_states_together_are_measured_as_an_activation(string backend, ScalarType precision)
    {
        var problem = Large(2, precision);
        var states = States(2);
        var options = new ElmanScanOptions(ElmanNonlinearities.Create("tanh", 2), Lengths_SB: problem.Lengths);
        var (every, _) = Run(problem, backend, options with { EveryOutput = true });
        Run(problem, backend, options with { Record = problem.NewRecord(states) });
        var table = HostCopy.Doubles(states.Table_SQ);
        for (var member = 0; member < 2; member++)
        {
            var h = every[(member * every.Length / 2)..((member + 1) * every.Length / 2)];
            var row = table[(member * 5)..(member * 5 + 5)];
            Arrays.AssertClose([0, MeasureOracle.Mean(h), MeasureOracle.Deviation(h), 7],
                [row[0], row[1], row[2], row[4]], 1e-10, 1e-12);
            Arrays.AssertClose([MeasureOracle.Fraction(h, a => a is <= -0.5 or >= 0.6)], [row[3]], 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void Without_a_graph_the_states_are_the_same(string backend)
    {
        foreach (var options in Variants(members: 2))
        {
            var problem = Large(2, float32);
            var given = options with { Lengths_SB = options.Lengths_SB is null ? null : problem.Lengths };
            var expected = HostCopy.Doubles(problem.Scan(BackendNames.Create(backend), given));
            using var off = no_grad();
            var output = problem.Scan(BackendNames.Create(backend), given);
            Assert.False(output.requires_grad);
            Assert.Equal(Bits.Of(expected), Bits.Of(HostCopy.Doubles(output)));
        }
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void An_input_that_needs_no_gradient_gets_none(string backend)
    {
        var options = new ElmanScanOptions(ElmanNonlinearities.Create("tanh", 2));
        var (first, inner) = (Large(2, float32), Large(2, float32));
        inner.X.requires_grad_();
        var (_, gradients) = Run(first, backend, options);
        var (_, innerGradients) = Run(inner, backend, options);
        Assert.Null(gradients[0]);
        Assert.NotNull(innerGradients[0]);
        for (var i = 1; i < gradients.Length; i++) Assert.Equal(Bits.Of(gradients[i]!), Bits.Of(innerGradients[i]!));
    }

    [TheoryWithBinding]
    [InlineData(false)]
    [InlineData(true)]
    public void The_number_of_threads_changes_no_bit(bool every) => Threads.AssertTheSame(() =>
    {
        var problem = Large(5, float32);
        var record = problem.NewRecord();
        var options = new ElmanScanOptions(ElmanNonlinearities.Create("tanh", 5), every, Lengths_SB: problem.Lengths, Record: record);
        var (output, gradients) = Run(problem, "LibTorchBackend", options);
        return [.. gradients.OfType<double[]>().Append(output).Append(HostCopy.Doubles(record.Table_STQ)).SelectMany(values => values)];
    });

    /// <summary>More units and examples than one vector of the processor holds, and a rest.</summary>
    private static ElmanProblem Large(int members, ScalarType precision) =>
        new(members, timesteps: 12, batch: 5, features: 3, hidden: 19, seed: 3, precision);

    private static StateRecord States(int members)
    {
        var table = zeros([members, 5], float64);
        table.select(1, 4).fill_(7);
        return new StateRecord(table, 1, 2, 3, 4, -0.5, 0.6);
    }

    /// <summary>Lengths stand for those of the problem.</summary>
    private static IEnumerable<ElmanScanOptions> Variants(int members)
    {
        var placeholder = zeros([1], int64);
        foreach (var name in (string[])["tanh", "tanh, surrogate"])
        foreach (var every in (bool[])[false, true])
        foreach (var truncate in (int?[])[null, 4])
        foreach (var lengths in (Tensor?[])[null, placeholder])
        {
            yield return new ElmanScanOptions(ElmanNonlinearities.Create(name, members), every, truncate, lengths);
        }
    }

    private static (double[] Output, double[]?[] Gradients) Run(ElmanProblem problem, string backend, ElmanScanOptions options)
    {
        var output = problem.Scan(BackendNames.Create(backend), options);
        return (HostCopy.Doubles(output), problem.Backward(output));
    }
}
