using System.Security.Cryptography;
using GradTorch.Configuration;
using static TorchSharp.torch;

namespace GradTorch.Data;

/// <summary>Next-character prediction from one UTF-8 file: windows of T characters, one after the other, and at every timestep
/// the character that follows is the target. The last part of the text is the test split. A character is a Unicode code point;
/// the vocabulary is that of the whole file.</summary>
internal static class TextSource
{
    private const int DefaultLength = 100;

    private const double DefaultTestFraction = 0.1;

    public static DataSourceEntry Entry { get; } = new(
        "text", "T characters, one-hot in those of the file", "the next character, at every timestep",
        "data:path, a UTF-8 text file", "Graves 2013, arXiv 1308.0850", section => Read(section).Shape, Load)
    {
        Options = ["path", "length", "testFraction"],
        Needs = [nameof(DataSection.Path)],
        ExampleBytes = (shape, _) => shape.Timesteps * sizeof(int),
    };

    private static DataSet Load(DataSection section, DataTarget target)
    {
        using var scope = NewDisposeScope();
        var (text, vocabulary, trainCount, shape) = Read(section);
        var ids = vocabulary.Ids;
        TextWindows Split(ReadOnlySpan<int> part) =>
            new(tensor(part.ToArray(), int32, target.Device), shape.Timesteps, shape.Features, target.Dtype);
        return new DataSet(
            Split(ids.AsSpan(0, trainCount)), Split(ids.AsSpan(trainCount)), shape,
            Convert.ToHexStringLower(SHA256.HashData(text)), section.Path!, Standardiser: null);
    }

    private static (byte[] Text, Vocabulary Vocabulary, int TrainCount, DataShape Shape) Read(DataSection section)
    {
        var path = section.Path ?? throw new DataException("text needs data:path, a text file in UTF-8.");
        var text = UserFile.Read(path, "a text file in UTF-8");
        var vocabulary = Vocabulary.Of(UserFile.Decode(text, path));
        var length = section.Length ?? DefaultLength;
        var count = vocabulary.Ids.Length;
        var trainCount = count - (int)(count * (section.TestFraction ?? DefaultTestFraction));
        var (train, test) = ((trainCount - 1) / length, (count - trainCount - 1) / length);
        if (train < 1 || test < 1)
        {
            throw new DataException(FormattableString.Invariant(
                $"{path} has {count} characters, {trainCount} to train and {count - trainCount} to test; each needs at least {length + 1L}, a window of data:length {length} and what follows it. Give a longer text, a smaller data:length or another data:testFraction."));
        }
        return vocabulary.Characters.Count >= 2
            ? (text, vocabulary, trainCount, new DataShape(
                train, test, length, vocabulary.Characters.Count, vocabulary.Characters.Count, TargetKind.ClassPerTimestep))
            : throw new DataException($"{path} has one character only, over and over; at least two are needed. Give another text.");
    }

    /// <summary>Windows of one stored text: the targets are the same text one character on.</summary>
    private sealed class TextWindows : Examples
    {
        private readonly Tensor _ids;
        private readonly Tensor _inputs_NT;
        private readonly Tensor _targets_NT;
        private readonly long _characters;
        private readonly ScalarType _dtype;

        public TextWindows(Tensor ids, long length, long characters, ScalarType dtype)
        {
            (_characters, _dtype) = (characters, dtype);
            Count = (ids.shape[0] - 1) / length;
            _ids = ids.DetachFromDisposeScope();
            _inputs_NT = ids.narrow(0, 0, Count * length).view(Count, length).DetachFromDisposeScope();
            _targets_NT = ids.narrow(0, 1, Count * length).view(Count, length).DetachFromDisposeScope();
        }

        public override long Count { get; }

        protected internal override Batch Make(Rows rows) => new(
            OneHot.Of(rows.TimeFirst(_inputs_NT), _characters, _dtype), rows.TimeFirst(_targets_NT).to(int64), Lengths: null);

        protected override void Dispose(bool disposing)
        {
            if (!disposing) return;
            _inputs_NT.Dispose();
            _targets_NT.Dispose();
            _ids.Dispose();
        }
    }
}
