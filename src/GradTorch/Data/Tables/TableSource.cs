using System.Security.Cryptography;
using GradTorch.Configuration;
using static TorchSharp.torch;

namespace GradTorch.Data;

/// <summary>A table of the user's own, a CSV file with a header.</summary>
/// <remarks>Rows are drawn into the test split by data:splitSeed. Numeric inputs, and the target of a regression, are shifted
/// and scaled to mean 0 and deviation 1 in the training split, in float64; a column that is constant there is only shifted. So
/// the loss of a regression is in variances of the target: 1 is what always saying the mean has.</remarks>
internal static class TableSource
{
    private const double DefaultTestFraction = 0.2;

    public static DataSourceEntry Entry { get; } = new(
        "csv", "a row of a table: its numbers, and its categories one-hot",
        "a class, or a real number; baseline MSE 1, of always saying the mean",
        "data:path, a CSV file with a header", "RFC 4180", Shape, Load)
    {
        Options = ["path", "target", "task", "categorical", "delimiter", "testFraction", "splitSeed"],
        Needs = [nameof(DataSection.Path), nameof(DataSection.Target)],
        Standardisations = [Standardisation.Feature, Standardisation.None],
        ExampleBytes = (shape, number) => number * shape.Features + sizeof(long),
    };

    private static DataShape Shape(DataSection section)
    {
        var (_, encoding, train, test) = Read(section);
        return ShapeOf(encoding, train, test);
    }

    private static DataShape ShapeOf(TableEncoding encoding, long[] train, long[] test) => new(
        train.Length, test.Length, 0, encoding.Features.Count, encoding.ClassNames?.Count ?? 1,
        encoding.ClassNames is null ? TargetKind.Real : TargetKind.Class);

    private static DataSet Load(DataSection section, DataTarget target)
    {
        var (file, encoding, train, test) = Read(section);
        if (section.Standardise == Standardisation.None) return Split(encoding.Features, encoding.Values);
        var features = encoding.Features.Select(feature =>
            feature.IsNumeric ? feature with { Values = Standardised(feature.Values, train) } : feature);
        return Split([.. features], encoding.Values is { } values ? Standardised(values, train) : null);

        DataSet Split(IReadOnlyList<TableFeature> features, double[]? values)
        {
            using var scope = NewDisposeScope();
            var asIs = new Standardiser([1.0], [0.0], target.Dtype, target.Device);
            StoredExamples Of(long[] rows) => new(
                tensor([.. rows.SelectMany(row => features.Select(feature => feature.Values[row]))],
                    [rows.Length, features.Count], target.Dtype, target.Device),
                values is null
                    ? tensor([.. rows.Select(row => encoding.Classes![row])], int64, target.Device)
                    : tensor([.. rows.Select(row => values[row])], [rows.Length, 1], target.Dtype, target.Device),
                asIs);
            return new DataSet(
                Of(train), Of(test), ShapeOf(encoding, train, test), Convert.ToHexStringLower(SHA256.HashData(file)),
                section.Path!, asIs);
        }
    }

    private static (byte[] File, TableEncoding Encoding, long[] Train, long[] Test) Read(DataSection section)
    {
        const string What = "a CSV file with a header";
        var path = section.Path ?? throw new DataException($"csv needs data:path, {What}.");
        var file = UserFile.Read(path, What);
        var encoding = Encode(UserFile.Decode(file, path), path, section);
        var fraction = section.TestFraction ?? DefaultTestFraction;
        var tested = (int)Math.Round(encoding.Count * fraction, MidpointRounding.AwayFromZero);
        if (tested < 1 || tested == encoding.Count)
        {
            throw new DataException(FormattableString.Invariant(
                $"{path} has {encoding.Count} rows, of which a data:testFraction of {fraction} leaves {encoding.Count - tested} to train and {tested} to test; each needs at least one. Give more rows or another fraction."));
        }
        var order = Permutation.Of(section.SplitSeed ?? 0, encoding.Count);
        return (file, encoding, [.. order[tested..].Order()], [.. order[..tested].Order()]);
    }

    /// <exception cref="DataException">The file can't be read so; the last line of the message says it where another delimiter would
    /// fit better.</exception>
    private static TableEncoding Encode(string text, string path, DataSection section)
    {
        var delimiter = section.Delimiter?[0] ?? ',';
        try
        {
            return new TableEncoding(Table.Parse(text, delimiter, path, [.. section.Categorical ?? [], section.Target ?? ""]), section);
        }
        catch (DataException exception) when (DelimiterGuess.Other(text, delimiter) is { } other)
        {
            throw new DataException(
                $"{exception.Message}\n{path}: its lines look separated by '{Name(other)}', and data:delimiter is '{Name(delimiter)}'; set it to \"{Name(other)}\".");
        }

        static string Name(char character) => character == '\t' ? "\\t" : character.ToString();
    }

    private static double[] Standardised(double[] values, long[] train)
    {
        // The mean of equal numbers can be another one, by rounding, and the deviation from it would be no deviation.
        if (train.All(row => values[row] == values[train[0]])) return [.. values.Select(value => value - values[train[0]])];
        var mean = train.Average(row => values[row]);
        var deviation = Math.Sqrt(train.Average(row => (values[row] - mean) * (values[row] - mean)));
        var scale = deviation > 0 ? 1 / deviation : 1;
        return [.. values.Select(value => (value - mean) * scale)];
    }
}
