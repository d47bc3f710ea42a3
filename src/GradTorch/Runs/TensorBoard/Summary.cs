using Google.Protobuf;

namespace GradTorch.Runs.TensorBoard;

/// <summary>
/// The numbers of one step: message Summary of tensorflow/core/framework/summary.proto, of whose messages these are the fields.
/// TensorBoard keeps scalars in float32: what is too large for that is infinite there, what is below 1e-45 is 0. It shows a NaN as such.
/// </summary>
public sealed class Summary : IDisposable
{
    private const int SummaryValue = 1;
    private const int ValueTag = 1, ValueSimple = 2, ValueHistogram = 5;
    private const int HistogramMin = 1, HistogramMax = 2, HistogramNum = 3, HistogramSum = 4, HistogramSumSquares = 5;
    private const int HistogramBucketLimit = 6, HistogramBucket = 7;

    /// <summary>Every field number here takes one byte, together with the type on the wire.</summary>
    private const int FieldTag = 1;

    private readonly MemoryStream _bytes = new();
    private readonly CodedOutputStream _output;

    public Summary() => _output = new CodedOutputStream(_bytes, leaveOpen: true);

    /// <summary>Adds a number.</summary>
    public void AddScalar(string tag, double value)
    {
        BeginValue(tag, FieldTag + sizeof(float));
        _output.WriteTag(ValueSimple, WireFormat.WireType.Fixed32);
        _output.WriteFloat((float)value);
    }

    /// <summary>Adds a histogram of powers of ten over log₁₀: counts of n stand between n and n + 1, sum and sum of squares take
    /// them for n + ½. Where nothing was counted there is no histogram.</summary>
    /// <param name="first">n of the first count.</param>
    public void AddPowersOfTen(string tag, int first, ReadOnlySpan<double> counts)
    {
        if (counts.IndexOfAnyExcept(0) is var lowest and >= 0) AddHistogram(tag, first + lowest, counts[lowest..(counts.LastIndexOfAnyExcept(0) + 1)]);
    }

    /// <summary>The message.</summary>
    internal ReadOnlySpan<byte> Bytes()
    {
        _output.Flush();
        return _bytes.GetBuffer().AsSpan(0, (int)_bytes.Length);
    }

    public void Dispose()
    {
        _output.Dispose();
        _bytes.Dispose();
    }

    private void AddHistogram(string tag, int first, ReadOnlySpan<double> counts)
    {
        var (number, sum, squares) = (0.0, 0.0, 0.0);
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            var middle = first + bucket + 0.5;
            number += counts[bucket];
            sum += counts[bucket] * middle;
            squares += counts[bucket] * middle * middle;
        }
        var packed = counts.Length * sizeof(double);
        var size = 5 * (FieldTag + sizeof(double)) + 2 * (FieldTag + CodedOutputStream.ComputeLengthSize(packed) + packed);
        BeginValue(tag, FieldTag + CodedOutputStream.ComputeLengthSize(size) + size);
        _output.WriteTag(ValueHistogram, WireFormat.WireType.LengthDelimited);
        _output.WriteLength(size);
        // TensorBoard takes the outer limits of the first and the last bucket from these two.
        WriteDouble(HistogramMin, first);
        WriteDouble(HistogramMax, first + counts.Length);
        WriteDouble(HistogramNum, number);
        WriteDouble(HistogramSum, sum);
        WriteDouble(HistogramSumSquares, squares);
        _output.WriteTag(HistogramBucketLimit, WireFormat.WireType.LengthDelimited);
        _output.WriteLength(packed);
        for (var bucket = 1; bucket <= counts.Length; bucket++) _output.WriteDouble(first + bucket);
        _output.WriteTag(HistogramBucket, WireFormat.WireType.LengthDelimited);
        _output.WriteLength(packed);
        foreach (var count in counts) _output.WriteDouble(count);
    }

    /// <param name="size">Of the field that follows and holds the value.</param>
    private void BeginValue(string tag, int size)
    {
        _output.WriteTag(SummaryValue, WireFormat.WireType.LengthDelimited);
        _output.WriteLength(FieldTag + CodedOutputStream.ComputeStringSize(tag) + size);
        _output.WriteTag(ValueTag, WireFormat.WireType.LengthDelimited);
        _output.WriteString(tag);
    }

    private void WriteDouble(int field, double value)
    {
        _output.WriteTag(field, WireFormat.WireType.Fixed64);
        _output.WriteDouble(value);
    }
}
