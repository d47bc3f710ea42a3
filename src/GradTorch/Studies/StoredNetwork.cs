using GradTorch.Configuration;
using GradTorch.Data;
using GradTorch.Models;
using GradTorch.Runs;
using static TorchSharp.torch;

namespace GradTorch.Studies;

/// <summary>The networks of a run as they were after a step, on the CPU and without data.</summary>
public sealed class StoredNetwork : IDisposable
{
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

    /// <summary>Those of a run's newest checkpoint that is whole.</summary>
    /// <param name="announce">Told, in a sentence, of each that is damaged.</param>
    /// <exception cref="RunException">There is none, or it can't be read, or what else is needed is not there.</exception>
    public static StoredNetwork Read(RunDirectory run, Action<string> announce)
    {
        if (run.Checkpoints.Newest(announce) is not var (step, checkpoint))
            throw new RunException($"{run.Path} has no checkpoint, and with it no weights. Give a run with checkpoints.");
        try
        {
            return Of(StoppedRun.ExperimentOf(run), step, checkpoint.Tensors);
        }
        catch (Exception e) when (e is ConfigurationException or DataException or RunException)
        {
            throw new RunException(
                $"{run.Checkpoints.FileOf(step)} can't be used with the run's config.json and the data that it names: {e.Message} Put them back as they were.", e);
        }
    }

    /// <param name="state">Of the networks, as a checkpoint has it.</param>
    /// <exception cref="RunException">The state is of another network.</exception>
    /// <exception cref="DataException">The data that its sizes follow from can't be found.</exception>
    public static StoredNetwork Of(Experiment experiment, long step, IReadOnlyDictionary<string, StoredTensor> state)
    {
        var data = DataSourceRegistry.Find(experiment.Data.Source).Shape(experiment.Data);
        var takesSequences = ModelRegistry.Find(experiment.Model.Kind).TakesSequences;
        var network = new StoredNetwork(experiment, ModelShape.Of(experiment.Model, takesSequences ? data : data.AsVectors()), step);
        try
        {
            TrainingState.Restore(network.Model, state);
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
}
