using GradTorch.Configuration;
using GradTorch.Data;
using GradTorch.Gradients;
using GradTorch.Models;
using GradTorch.Runs;
using static TorchSharp.torch;

namespace GradTorch.Studies;

/// <summary>The networks of a run as they were after a step, on the CPU and without data.</summary>
public sealed class StoredNetwork : IDisposable
{
    private const string ParametersName = "model.parameters", Prefix = "model.";

    private readonly EnsembleNonlinearity _nonlinearity;

    private StoredNetwork(Experiment experiment, ModelShape shape, long step)
    {
        (Experiment, Shape, Step) = (experiment, shape, step);
        Members = EnsembleMember.Of(experiment);
        _nonlinearity = new EnsembleNonlinearity(Members);
        Model = PreparedExperiment.NetworkOf(experiment, shape, _nonlinearity, Members, CPU);
    }

    public Experiment Experiment { get; }

    public ModelShape Shape { get; }

    /// <summary>Updates done.</summary>
    public long Step { get; }

    public IReadOnlyList<EnsembleMember> Members { get; }

    public EnsembleModel Model { get; }

    /// <param name="state">Tensors by the names that a checkpoint has them under: all parameters, and the buffers of layers.</param>
    /// <exception cref="RunException">The state is of another network.</exception>
    /// <exception cref="DataException">The data that its sizes follow from can't be found.</exception>
    public static StoredNetwork Of(Experiment experiment, long step, IReadOnlyDictionary<string, StoredTensor> state)
    {
        var data = DataSourceRegistry.Find(experiment.Data.Source).Shape(experiment.Data);
        var takesSequences = ModelRegistry.Find(experiment.Model.Kind).TakesSequences;
        var network = new StoredNetwork(experiment, ModelShape.Of(experiment.Model, takesSequences ? data : data.AsVectors()), step);
        try
        {
            network.Restore(state);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Model.Dispose();
        Model.Parameters.Dispose();
        _nonlinearity.Dispose();
    }

    private void Restore(IReadOnlyDictionary<string, StoredTensor> state)
    {
        using var scope = NewDisposeScope();
        Set(ParametersName, Model.Parameters.Values, state);
        foreach (var (name, buffer) in Model.named_buffers()) Set(Prefix + name, buffer, state);
    }

    private static void Set(string name, Tensor tensor, IReadOnlyDictionary<string, StoredTensor> state)
    {
        if (!state.TryGetValue(name, out var stored)) throw new RunException($"The checkpoint has no '{name}'. Give a run of this version of GradTorch.");
        if (!stored.Shape.AsSpan().SequenceEqual(tensor.shape))
        {
            throw new RunException(
                $"'{name}' of the checkpoint is {stored.Describe()}, and the run's config.json asks for shape ({string.Join(", ", tensor.shape)}). "
                + "Put config.json, or the data that it names, back as they were.");
        }
        HostCopy.SetBytes(tensor, stored.Data.Span);
    }
}
