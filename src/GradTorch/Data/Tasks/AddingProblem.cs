using GradTorch.Configuration;
using static TorchSharp.torch;

namespace GradTorch.Data;

/// <summary>The adding problem (Hochreiter and Schmidhuber 1997) as Arjovsky, Shah and Bengio 2016 pose it: T timesteps of a
/// value uniform in [0, 1) and a marker that is 1 at two timesteps, uniform in the first and in the second half, and 0
/// elsewhere. The target is the sum of the two marked values. Always saying 1 has a mean squared error of 1/6.</summary>
/// <remarks>Lengths from T to 1.1 T are those of 1997, whose values lie in [−1, 1] and whose target is scaled to [0, 1].</remarks>
public sealed class AddingProblem : SequenceTask
{
    private const double LongestOfLength = 1.1;

    private AddingProblem() => Source = Entry(
        "adding", "T timesteps of a value in [0, 1) and a marker", "the sum of the two marked values; baseline MSE 1/6",
        "Hochreiter & Schmidhuber 1997; Arjovsky, Shah, Bengio 2016, arXiv 1511.06464", leastLength: 2,
        (shape, number) => number * (shape.Timesteps + 1) + 3 * sizeof(long), "variableLength");

    public static AddingProblem Task { get; } = new();

    public override DataSourceEntry Source { get; }

    protected override DataShape ShapeOf(DataSection section, long train, long test) =>
        new(train, test, Longest(section), 2, 1, TargetKind.Real);

    protected override Examples Generate(DataSection section, long count, Generator generator, DataTarget target)
    {
        var (timesteps, device) = (Longest(section), target.Device);
        var lengths_N1 = section.VariableLength == true
            ? empty([count, 1], int64, device).random_(LengthOf(section), timesteps + 1, generator)
            : full([count, 1], timesteps, int64, device);
        var values_NT = empty([count, timesteps], target.Dtype, device).uniform_(0, 1, generator);
        values_NT.masked_fill_(arange(timesteps, int64, device).ge(lengths_N1), 0);
        // A product of a number below 1 can round up to the whole.
        var draws_N2 = rand([count, 2], float64, device, generator: generator);
        var firstHalf_N1 = lengths_N1.div(2, RoundingMode.floor);
        var halves_N2 = cat([firstHalf_N1, lengths_N1 - firstHalf_N1], 1);
        var markers_N2 = minimum(draws_N2.mul(halves_N2).to(int64), halves_N2 - 1);
        markers_N2.select(1, 1).add_(firstHalf_N1.squeeze(1));
        var sums_N1 = values_NT.gather(1, markers_N2).sum(1, keepdim: true);
        return new AddingExamples(
            values_NT, markers_N2, sums_N1, section.VariableLength == true ? lengths_N1.squeeze(1).contiguous() : null);
    }

    private static long Longest(DataSection section) =>
        section.VariableLength == true ? (long)Math.Floor(LongestOfLength * LengthOf(section)) : LengthOf(section);

    /// <summary>Stores a value for each timestep and two places; the markers are made batch by batch.</summary>
    private sealed class AddingExamples(Tensor values_NT, Tensor markers_N2, Tensor sums_N1, Tensor? lengths_N) : Examples
    {
        private readonly Tensor _values_NT = values_NT.DetachFromDisposeScope();
        private readonly Tensor _markers_N2 = markers_N2.DetachFromDisposeScope();
        private readonly Tensor _sums_N1 = sums_N1.DetachFromDisposeScope();
        private readonly Tensor? _lengths_N = lengths_N?.DetachFromDisposeScope();

        public override long Count => _values_NT.shape[0];

        protected internal override Batch Make(Rows rows)
        {
            var values_STB = rows.TimeFirst(_values_NT);
            var places_S2B = rows.TimeFirst(_markers_N2);
            var timesteps_1T1 = arange(_values_NT.shape[1], int64, _values_NT.device).view(1, -1, 1);
            var marked_STB = timesteps_1T1.eq(places_S2B.narrow(1, 0, 1)).logical_or(timesteps_1T1.eq(places_S2B.narrow(1, 1, 1)));
            return new Batch(
                stack([values_STB, marked_STB.to(values_STB.dtype)], -1), rows.Of(_sums_N1),
                _lengths_N is null ? null : rows.Of(_lengths_N));
        }

        protected override void Dispose(bool disposing)
        {
            if (!disposing) return;
            _values_NT.Dispose();
            _markers_N2.Dispose();
            _sums_N1.Dispose();
            _lengths_N?.Dispose();
        }
    }
}
