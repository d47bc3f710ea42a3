using System.Runtime.InteropServices;
using GradTorch.Gradients;
using GradTorch.Models;
using GradTorch.Runs;
using GradTorch.Training;
using static TorchSharp.torch;

namespace GradTorch.Studies;

/// <summary>The state of a training between two steps, as a file holds it.</summary>
internal static class TrainingState
{
    private static readonly (ScalarType Type, string Name)[] Types =
    [
        (ScalarType.Bool, TensorTypes.Bool), (ScalarType.Byte, TensorTypes.U8), (ScalarType.Int64, TensorTypes.I64),
        (ScalarType.Float16, TensorTypes.F16), (ScalarType.BFloat16, TensorTypes.Bf16), (ScalarType.Float32, TensorTypes.F32),
        (ScalarType.Float64, TensorTypes.F64),
    ];

    public static IReadOnlyDictionary<string, StoredTensor> Of(Trainer trainer) => Of(trainer.Visit);

    /// <summary>What is shown to a visitor.</summary>
    public static IReadOnlyDictionary<string, StoredTensor> Of(Action<IStateVisitor> show)
    {
        var keeping = new Keeping();
        show(keeping);
        return keeping.Kept;
    }

    /// <summary>Puts a network's part of a state, with the masks of its last step, in the place of its own.</summary>
    /// <exception cref="RunException">The state is of another network.</exception>
    public static void Restore(EnsembleModel model, IReadOnlyDictionary<string, StoredTensor> state)
    {
        var restoring = new Restoring(state, streams: false);
        model.Visit(restoring);
        model.VisitMasks(restoring);
    }

    /// <summary>Its elements as a file holds them.</summary>
    public static StoredTensor Stored(Tensor tensor) => new(TypeOf(tensor), tensor.shape, HostCopy.Bytes(tensor));

    /// <summary>On the CPU.</summary>
    public static Tensor TensorOf(StoredTensor stored)
    {
        var tensor = empty(stored.Shape, Types.Single(type => type.Name == stored.Type).Type, CPU);
        HostCopy.SetBytes(tensor, stored.Data.Span);
        return tensor;
    }

    /// <summary>Updates that were done.</summary>
    public static long StepOf(IReadOnlyDictionary<string, StoredTensor> state) => MemoryMarshal.Read<long>(state[Trainer.StepsName].Data.Span);

    /// <summary>Puts a state in the place of the trainer's own, and sees that it is there: the parameters, what the optimiser, the schedule
    /// and the generators remember, and with them the batch and the rates of the next step.</summary>
    /// <param name="isLonger">The training was to be shorter when the state was kept: schedules may have other rates.</param>
    /// <exception cref="RunException">The state is of another training.</exception>
    public static void Restore(Trainer trainer, IReadOnlyDictionary<string, StoredTensor> state, bool isLonger)
    {
        trainer.Visit(new Restoring(state));
        var now = Of(trainer);
        if (now.Keys.Concat(state.Keys).FirstOrDefault(name => !now.ContainsKey(name) || !state.ContainsKey(name)) is { } alone)
            throw new RunException($"only one of the checkpoint and the training that goes on has a '{alone}'");
        if (now.FirstOrDefault(own => !own.Value.Same(state[own.Key]) && !(isLonger && own.Key == Trainer.NextRatesName)).Key is { } other)
            throw new RunException($"'{other}' of the training that goes on is another than the checkpoint's");
    }

    private static string TypeOf(Tensor tensor) => Types.FirstOrDefault(type => type.Type == tensor.dtype).Name
        ?? throw new NotSupportedException($"a state of type {tensor.dtype} can't be kept");

    private sealed class Keeping : IStateVisitor
    {
        public Dictionary<string, StoredTensor> Kept { get; } = [];

        public bool Restores => false;

        public void Visit(string name, Tensor tensor) => Kept.Add(name, Stored(tensor));

        public void Visit(string name, Span<long> numbers) => Visit(name, TensorTypes.I64, numbers);

        public void Visit(string name, Span<double> numbers) => Visit(name, TensorTypes.F64, numbers);

        public void Visit(string name, Generator generator)
        {
            using var state = generator.get_state();
            Visit(name, state);
        }

        private void Visit<T>(string name, string type, Span<T> numbers) where T : unmanaged =>
            Kept.Add(name, new StoredTensor(type, [numbers.Length], MemoryMarshal.AsBytes(numbers).ToArray()));
    }

    /// <param name="streams">Random numbers, too, go on from where they were.</param>
    private sealed class Restoring(IReadOnlyDictionary<string, StoredTensor> kept, bool streams = true) : IStateVisitor
    {
        public bool Restores => true;

        public void Visit(string name, Tensor tensor) => HostCopy.SetBytes(tensor, Find(name, TypeOf(tensor), tensor.shape));

        public void Visit(string name, Span<long> numbers) => Visit(name, TensorTypes.I64, numbers);

        public void Visit(string name, Span<double> numbers) => Visit(name, TensorTypes.F64, numbers);

        public void Visit(string name, Generator generator)
        {
            if (!streams) return;
            using var state = generator.get_state();
            Visit(name, state);
            generator.set_state(state);
        }

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
