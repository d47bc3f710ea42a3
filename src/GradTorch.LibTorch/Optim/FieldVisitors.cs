using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Walks the fields of an optimiser's options or state, in the order in which they are stored.</summary>
internal interface IFieldVisitor
{
    void Number(ref double? field);

    void Flag(ref bool? field);

    void Count(ref long field);

    void Tensor(ref Tensor field);

    /// <summary>A tensor that some settings don't have.</summary>
    void Optional(ref Tensor? field);
}

internal sealed class FieldWriter(BinaryWriter writer) : IFieldVisitor
{
    public void Number(ref double? field) => writer.Write(field!.Value);

    public void Flag(ref bool? field) => writer.Write(field!.Value);

    public void Count(ref long field) => writer.Write(field);

    public void Tensor(ref Tensor field) => field.Save(writer);

    public void Optional(ref Tensor? field)
    {
        writer.Write(field is not null);
        if (field is not null) field.Save(writer);
    }
}

internal sealed class FieldReader(BinaryReader reader, Device device) : IFieldVisitor
{
    public void Number(ref double? field) => field = reader.ReadDouble();

    public void Flag(ref bool? field) => field = reader.ReadBoolean();

    public void Count(ref long field) => field = reader.ReadInt64();

    public void Tensor(ref Tensor field)
    {
        using var stored = torch.Tensor.Load(reader);
        if (stored.dtype != field.dtype || !stored.shape.AsSpan().SequenceEqual(field.shape))
            throw new ArgumentException($"Mismatched optimizer state: the stream holds {stored.dtype} of shape [{string.Join(", ", stored.shape)}], "
                + $"the optimizer needs {field.dtype} of shape [{string.Join(", ", field.shape)}].");
        Aten.CallInto(field, "copy_", field, stored);
    }

    public void Optional(ref Tensor? field)
    {
        var loaded = reader.ReadBoolean() ? torch.Tensor.Load(reader).to(device, disposeAfter: true).DetachFromDisposeScope() : null;
        field?.Dispose();
        field = loaded;
    }
}

/// <summary>The fields' values, in order; tensors are not copied.</summary>
internal sealed class FieldSnapshot : IFieldVisitor
{
    private readonly List<object?> _values = [];

    internal static Queue<object?> Of(OptimizerOptions source, Type expected) => Of(source, expected, source.Visit);

    internal static Queue<object?> Of(OptimizerState source, Type expected) => Of(source, expected, source.Visit);

    internal static bool Same(Queue<object?> left, Queue<object?> right) =>
        left.Count == right.Count && left.Zip(right).All(pair => (pair.First, pair.Second) switch
        {
            (Tensor a, Tensor b) => Aten.CallBool("allclose", a, b),
            var (a, b) => Equals(a, b),
        });

    private static Queue<object?> Of(object source, Type expected, Action<IFieldVisitor> visit)
    {
        if (source.GetType() != expected)
            throw new ArgumentException($"Mismatched optimizer state: expected {expected.FullName}, but found {source.GetType().FullName}.");
        var snapshot = new FieldSnapshot();
        visit(snapshot);
        return new Queue<object?>(snapshot._values);
    }

    public void Number(ref double? field) => _values.Add(field);

    public void Flag(ref bool? field) => _values.Add(field);

    public void Count(ref long field) => _values.Add(field);

    public void Tensor(ref Tensor field) => _values.Add(field);

    public void Optional(ref Tensor? field) => _values.Add(field);
}

/// <summary>Sets every field to the next value; tensors are copied to the device.</summary>
internal sealed class FieldCopier(Queue<object?> values, Device device) : IFieldVisitor
{
    public void Number(ref double? field) => field = (double?)values.Dequeue();

    public void Flag(ref bool? field) => field = (bool?)values.Dequeue();

    public void Count(ref long field) => field = (long)values.Dequeue()!;

    public void Tensor(ref Tensor field) => Optional(ref field!);

    public void Optional(ref Tensor? field)
    {
        var copy = (values.Dequeue() as Tensor)?.to(device, copy: true).DetachFromDisposeScope();
        field?.Dispose();
        field = copy;
    }
}

/// <summary>Sets the options that are not set.</summary>
internal sealed class FieldFiller(Queue<object?> values) : IFieldVisitor
{
    public void Number(ref double? field)
    {
        var value = (double?)values.Dequeue();
        field ??= value;
    }

    public void Flag(ref bool? field)
    {
        var value = (bool?)values.Dequeue();
        field ??= value;
    }

    public void Count(ref long field) => values.Dequeue();

    public void Tensor(ref Tensor field) => values.Dequeue();

    public void Optional(ref Tensor? field) => values.Dequeue();
}

internal sealed class FieldMover(Device device) : IFieldVisitor
{
    public void Number(ref double? field)
    {
    }

    public void Flag(ref bool? field)
    {
    }

    public void Count(ref long field)
    {
    }

    public void Tensor(ref Tensor field) => Optional(ref field!);

    public void Optional(ref Tensor? field) => field = field?.to(device, disposeAfter: true).DetachFromDisposeScope();
}

internal sealed class FieldDisposer : IFieldVisitor
{
    internal static readonly FieldDisposer Instance = new();

    public void Number(ref double? field)
    {
    }

    public void Flag(ref bool? field)
    {
    }

    public void Count(ref long field)
    {
    }

    public void Tensor(ref Tensor field) => field.Dispose();

    public void Optional(ref Tensor? field) => field?.Dispose();
}
