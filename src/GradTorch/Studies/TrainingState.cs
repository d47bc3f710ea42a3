using System.Runtime.InteropServices;
using GradTorch.Gradients;
using GradTorch.Runs;
using GradTorch.Training;
using static TorchSharp.torch;

namespace GradTorch.Studies;

/// <summary>The state of a training between two steps, as a file holds it.</summary>
internal static class TrainingState
{
    public static IReadOnlyDictionary<string, StoredTensor> Of(Trainer trainer)
    {
        var keeping = new Keeping();
        trainer.Visit(keeping);
        return keeping.Kept;
    }

    /// <summary>Updates that were done.</summary>
    public static long StepOf(IReadOnlyDictionary<string, StoredTensor> state) => MemoryMarshal.Read<long>(state[Trainer.StepsName].Data.Span);

    /// <summary>Puts a state in the place of the trainer's own, and sees that it is there: the parameters, what the optimiser, the schedule
    /// and the generators remember, and with them the batch and the rates of the next step.</summary>
    /// <exception cref="RunException">The state is of another training.</exception>
    public static void Restore(Trainer trainer, IReadOnlyDictionary<string, StoredTensor> state)
    {
        trainer.Visit(new Restoring(state));
        var now = Of(trainer);
        if (now.Keys.Concat(state.Keys).FirstOrDefault(name => !now.ContainsKey(name) || !state.ContainsKey(name)) is { } alone)
            throw new RunException($"only one of the checkpoint and the training that goes on has a '{alone}'");
        if (now.FirstOrDefault(own => !own.Value.Same(state[own.Key])).Key is { } other)
            throw new RunException($"'{other}' of the training that goes on is another than the checkpoint's");
    }

    private static string TypeOf(Tensor tensor) => tensor.dtype switch
    {
        ScalarType.Bool => TensorTypes.Bool,
        ScalarType.Byte => TensorTypes.U8,
        ScalarType.Int64 => TensorTypes.I64,
        ScalarType.Float32 => TensorTypes.F32,
        ScalarType.Float64 => TensorTypes.F64,
        var type => throw new NotSupportedException($"a state of type {type} can't be kept"),
    };

    private sealed class Keeping : IStateVisitor
    {
        public Dictionary<string, StoredTensor> Kept { get; } = [];

        public bool Restores => false;

        public void Visit(string name, Tensor tensor) =>
            Kept.Add(name, new StoredTensor(TypeOf(tensor), tensor.shape, HostCopy.Bytes(tensor)));

        public void Visit(string name, Span<long> numbers) => Visit(name, TensorTypes.I64, numbers);

        public void Visit(string name, Span<double> numbers) => Visit(name, TensorTypes.F64, numbers);

        private void Visit<T>(string name, string type, Span<T> numbers) where T : unmanaged =>
            Kept.Add(name, new StoredTensor(type, [numbers.Length], MemoryMarshal.AsBytes(numbers).ToArray()));
    }

    private sealed class Restoring(IReadOnlyDictionary<string, StoredTensor> kept) : IStateVisitor
    {
        public bool Restores => true;

        public void Visit(string name, Tensor tensor) => HostCopy.SetBytes(tensor, Find(name, TypeOf(tensor), tensor.shape));

        public void Visit(string name, Span<long> numbers) => Visit(name, TensorTypes.I64, numbers);

        public void Visit(string name, Span<double> numbers) => Visit(name, TensorTypes.F64, numbers);

        private void Visit<T>(string name, string type, Span<T> numbers) where T : unmanaged =>
            Find(name, type, [numbers.Length]).CopyTo(MemoryMarshal.AsBytes(numbers));

        private ReadOnlySpan<byte> Find(string name, string type, long[] shape)
        {
            if (!kept.TryGetValue(name, out var found)) throw new RunException($"the checkpoint has no '{name}'");
            if (found.Type == type && found.Shape.AsSpan().SequenceEqual(shape)) return found.Data.Span;
            throw new RunException($"'{name}' of the checkpoint is {found.Describe()}; the training that goes on needs {StoredTensor.Describe(type, shape)}");
        }
    }
}
