using System.Runtime.InteropServices;
using GradTorch.Runs;

namespace GradTorch.Analysis.Verification;

/// <summary>Compares the weights of two runs, and all else that a checkpoint holds, bit by bit.</summary>
public static class StateComparison
{
    private const string Model = "model.", Table = "checkpoint";

    /// <param name="step">After so many updates; both have a checkpoint of it.</param>
    /// <exception cref="RunException">A checkpoint can't be read.</exception>
    public static void Add(RunDirectory first, RunDirectory second, long step, Differences differences)
    {
        var (ours, theirs) = (Read(first, step), Read(second, step));
        // What the network is comes first.
        foreach (var name in ours.Keys.Union(theirs.Keys).OrderBy(name => !name.StartsWith(Model, StringComparison.Ordinal)))
        {
            if (ours.TryGetValue(name, out var one) && theirs.TryGetValue(name, out var other) && one.Type == other.Type && one.Shape.SequenceEqual(other.Shape))
                Compare(name, step, one, other, differences);
            else
                differences.Add(new RecordPlace(Table, step, null, null, null, name), Describe(ours, name), Describe(theirs, name));
        }
    }

    private static IReadOnlyDictionary<string, StoredTensor> Read(RunDirectory run, long step) =>
        SafetensorsFile.Read(run.Checkpoints.FileOf(step), own: true).Tensors;

    private static string? Describe(IReadOnlyDictionary<string, StoredTensor> tensors, string name) => tensors.GetValueOrDefault(name)?.Describe();

    private static void Compare(string name, long step, StoredTensor one, StoredTensor other, Differences differences)
    {
        var size = TensorTypes.SizeOf(one.Type)!.Value;
        ReadOnlySpan<byte> ours = one.Data.Span, theirs = other.Data.Span;
        differences.Compared += ours.Length / size;
        for (var at = ours.CommonPrefixLength(theirs); at < ours.Length; at += size)
        {
            at -= at % size;
            ReadOnlySpan<byte> first = ours.Slice(at, size), second = theirs.Slice(at, size);
            if (!first.SequenceEqual(second))
                differences.Add(PlaceOf(name, step, one.Shape, at / size), Number(one.Type, first), Number(one.Type, second));
        }
    }

    /// <summary>The first dimension is that of the members.</summary>
    private static RecordPlace PlaceOf(string name, long step, long[] shape, long element)
    {
        var index = new long[shape.Length];
        for (var dimension = shape.Length - 1; dimension >= 0; dimension--) (element, index[dimension]) = Math.DivRem(element, shape[dimension]);
        var quantity = name.StartsWith(Model, StringComparison.Ordinal) ? name[Model.Length..] : name;
        return index is [var member, .. var rest] && rest.Length > 0
            ? new RecordPlace(Table, step, member, null, null, $"{quantity}[{string.Join(", ", rest)}]")
            : new RecordPlace(Table, step, null, null, null, $"{quantity}[{string.Join(", ", index)}]");
    }

    private static double Number(string type, ReadOnlySpan<byte> bytes) => type switch
    {
        TensorTypes.F32 => MemoryMarshal.Read<float>(bytes),
        TensorTypes.F64 => MemoryMarshal.Read<double>(bytes),
        TensorTypes.I64 => MemoryMarshal.Read<long>(bytes),
        _ => bytes[0],
    };
}
