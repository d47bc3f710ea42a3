using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What an optimiser remembers about one parameter. Its tensors belong to no dispose scope.</summary>
public abstract class OptimizerState
{
    protected Parameter _parameter;

    protected OptimizerState(Parameter parameter) => _parameter = parameter;

    /// <summary>Back to the state before the first step.</summary>
    public abstract void Initialize(OptimizerOptions options);

    public virtual void SaveStateDict(BinaryWriter writer) => Visit(new FieldWriter(writer));

    /// <exception cref="ArgumentException">A stored tensor has another shape or element type.</exception>
    public virtual void LoadStateDict(BinaryReader reader) => Visit(new FieldReader(reader, _parameter.device));

    /// <summary>Copies the other state, to this parameter's device.</summary>
    /// <exception cref="ArgumentException">The other state is of another optimiser.</exception>
    public virtual void LoadStateDict(OptimizerState source) =>
        Visit(new FieldCopier(FieldSnapshot.Of(source, GetType()), _parameter.device));

    /// <summary>Whether both have the same fields, tensors to the tolerance of <c>allclose</c>.</summary>
    public virtual bool ApproximatelyEquals(OptimizerState other) =>
        other is not null && other.GetType() == GetType()
        && FieldSnapshot.Same(FieldSnapshot.Of(this, GetType()), FieldSnapshot.Of(other, GetType()));

    public virtual void to(Device device) => Visit(new FieldMover(device));

    protected static void LoadConditionalStateTensor(BinaryReader reader, ref Tensor? result, Device device) =>
        new FieldReader(reader, device).Optional(ref result);

    protected static void SaveConditionalStateTensor(BinaryWriter writer, Tensor? tensor) =>
        new FieldWriter(writer).Optional(ref tensor);

    internal virtual void Visit(IFieldVisitor visitor)
    {
    }

    internal void DisposeTensors() => Visit(FieldDisposer.Instance);

    /// <summary>Puts a tensor of the parameter's shape, all <paramref name="value"/>, in a field's place.</summary>
    private protected void Reset(ref Tensor? field, double value = 0)
    {
        field?.Dispose();
        field = Interop.Aten.Call("full_like", _parameter, value).DetachFromDisposeScope();
    }
}
