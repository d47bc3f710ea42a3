using GradTorch.Configuration;
using static TorchSharp.torch;

namespace GradTorch.Data;

/// <summary>The copy memory problem (Hochreiter and Schmidhuber 1997) as Arjovsky, Shah and Bengio 2016 pose it: 10 symbols,
/// uniform among 8, then T − 1 blanks, a delimiter and 10 blanks, T + 20 timesteps in all, one-hot in 10. The target is T + 10
/// blanks and then the 10 symbols, of 9 classes. Without memory the best cross entropy is 10 ln 8 / (T + 20).</summary>
public sealed class CopyMemory : SequenceTask
{
    /// <summary>Symbols to remember, and how many there are to choose from.</summary>
    private const int Remembered = 10, Symbols = 8;

    /// <summary>Blank and delimiter come after the symbols.</summary>
    private const int Blank = Symbols, Delimiter = Symbols + 1;

    private CopyMemory() => Source = Entry(
        "copy-memory", "T + 20 timesteps, one-hot in 10: 10 symbols, blanks, a delimiter, blanks",
        "one of 9 classes at every timestep: blanks, then the 10 symbols; baseline 10 ln 8 / (T + 20)",
        "Arjovsky, Shah, Bengio 2016, arXiv 1511.06464", leastLength: 1, (_, _) => Remembered);

    public static CopyMemory Task { get; } = new();

    public override DataSourceEntry Source { get; }

    protected override DataShape ShapeOf(DataSection section, long train, long test) =>
        new(train, test, LengthOf(section) + 2 * Remembered, Symbols + 2, Symbols + 1, TargetKind.ClassPerTimestep);

    protected override Examples Generate(DataSection section, long count, Generator generator, DataTarget target) =>
        new CopyExamples(
            empty([count, Remembered], ScalarType.Byte, target.Device).random_(0, Symbols, generator), LengthOf(section),
            target.Dtype);

    /// <summary>Stores the symbols; all else is made batch by batch.</summary>
    private sealed class CopyExamples(Tensor symbols_NR, long length, ScalarType dtype) : Examples
    {
        private readonly Tensor _symbols_NR = symbols_NR.DetachFromDisposeScope();

        public override long Count => _symbols_NR.shape[0];

        protected internal override Batch Make(Rows rows)
        {
            var symbols_SRB = rows.TimeFirst(_symbols_NR).to(int64);
            long[] shape = [rows.Members, length + 2 * Remembered, rows.Count];
            var inputs_STB = full(shape, Blank, int64, symbols_SRB.device);
            inputs_STB.narrow(1, 0, Remembered).copy_(symbols_SRB);
            inputs_STB.select(1, length + Remembered - 1).fill_(Delimiter);
            var targets_STB = full(shape, Blank, int64, symbols_SRB.device);
            targets_STB.narrow(1, length + Remembered, Remembered).copy_(symbols_SRB);
            return new Batch(OneHot.Of(inputs_STB, Symbols + 2, dtype), targets_STB, Lengths: null);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) _symbols_NR.Dispose();
        }
    }
}
