using GradTorch.Configuration;
using static TorchSharp.torch;

namespace GradTorch.Data;

/// <summary>The temporal order problem (Hochreiter and Schmidhuber 1997, task 6a) as the code of Pascanu, Mikolov and Bengio
/// 2013 poses it: T timesteps of distractors uniform among c, d, e, f, with A or B at one of the ⌊T/10⌋ timesteps from ⌊T/10⌋
/// and at one of the ⌊T/10⌋ from ⌊T/2⌋, counted from 0; one-hot in 6. The class is the order: AA, AB, BA or BB. Without memory
/// the best cross entropy is ln 4.</summary>
/// <remarks>Their tempOrder.py (github.com/pascanur/trainingRNNs) and the original, 10 to 20 and 50 to 60 of 100 to 110, agree;
/// others have the second between 4T/10 and 5T/10.</remarks>
public sealed class TemporalOrder : SequenceTask
{
    /// <summary>A and B are 0 and 1, the distractors come after them.</summary>
    private const int Relevant = 2, Symbols = 6;

    private const int Classes = Relevant * Relevant;

    private TemporalOrder() => Source = Entry(
        "temporal-order", "T timesteps, one-hot in 6: distractors, and A or B at two of them",
        "one of 4 classes: AA, AB, BA, BB; baseline ln 4",
        "Hochreiter & Schmidhuber 1997; Pascanu, Mikolov, Bengio 2013, arXiv 1211.5063", leastLength: 10,
        (shape, _) => shape.Timesteps + 4 * sizeof(long) + sizeof(long));

    public static TemporalOrder Task { get; } = new();

    public override DataSourceEntry Source { get; }

    protected override DataShape ShapeOf(DataSection section, long train, long test) =>
        new(train, test, LengthOf(section), Symbols, Classes, TargetKind.Class);

    protected override Examples Generate(DataSection section, long count, Generator generator, DataTarget target)
    {
        var (length, device) = (LengthOf(section), target.Device);
        Tensor Uniform(long from, long to) => empty([count, 1], int64, device).random_(from, to, generator);
        var distractors_NT = empty([count, length], ScalarType.Byte, device).random_(Relevant, Symbols, generator);
        var (tenth, half) = (length / 10, length / 2);
        var places_N2 = cat([Uniform(tenth, tenth + tenth), Uniform(half, half + tenth)], 1);
        var symbols_N2 = empty([count, 2], int64, device).random_(0, Relevant, generator);
        return new OrderExamples(distractors_NT, places_N2, symbols_N2, target.Dtype);
    }

    private sealed class OrderExamples(Tensor distractors_NT, Tensor places_N2, Tensor symbols_N2, ScalarType dtype) : Examples
    {
        private readonly Tensor _distractors_NT = distractors_NT.DetachFromDisposeScope();
        private readonly Tensor _places_N2 = places_N2.DetachFromDisposeScope();
        private readonly Tensor _symbols_N2 = symbols_N2.DetachFromDisposeScope();

        public override long Count => _distractors_NT.shape[0];

        protected internal override Batch Make(Rows rows)
        {
            var ids_STB = rows.TimeFirst(_distractors_NT).to(int64);
            var (places_S2B, symbols_S2B) = (rows.TimeFirst(_places_N2), rows.TimeFirst(_symbols_N2));
            var timesteps_1T1 = arange(_distractors_NT.shape[1], int64, ids_STB.device).view(1, -1, 1);
            for (var which = 0; which < 2; which++)
            {
                var here_STB = timesteps_1T1.eq(places_S2B.narrow(1, which, 1));
                ids_STB = where(here_STB, symbols_S2B.narrow(1, which, 1), ids_STB);
            }
            var classes_SB = symbols_S2B.select(1, 0) * Relevant + symbols_S2B.select(1, 1);
            return new Batch(OneHot.Of(ids_STB, Symbols, dtype), classes_SB, Lengths: null);
        }

        protected override void Dispose(bool disposing)
        {
            if (!disposing) return;
            _distractors_NT.Dispose();
            _places_N2.Dispose();
            _symbols_N2.Dispose();
        }
    }
}
