using GradTorch.Activations;
using GradTorch.Backends;
using GradTorch.Configuration;
using GradTorch.Data;
using GradTorch.Initialisation;
using GradTorch.Models;
using GradTorch.Training;
using static TorchSharp.torch;

namespace GradTorch.Studies;

/// <summary>An experiment on its device: data loaded, members initialised, nothing trained yet. It belongs to the thread
/// that made it.</summary>
public sealed class PreparedExperiment : IDisposable
{
    private PreparedExperiment(
        Experiment experiment, Device device, DataSet data, EnsembleModel model, IReadOnlyList<MemberSeed> seeds)
    {
        (Experiment, Device, Data, Model, Seeds) = (experiment, device, data, model, seeds);
        Order = new EnsembleOrder(seeds, data.Train.Count, experiment.Data.Batch, device);
        Loss = LossRegistry.Find(experiment.Training.Loss, data.Shape.Target).Loss;
        Plan = TrainingPlan.Of(experiment, Order.BatchesPerEpoch);
    }

    public Experiment Experiment { get; }

    public Device Device { get; }

    public DataSet Data { get; }

    public EnsembleModel Model { get; }

    public IReadOnlyList<MemberSeed> Seeds { get; }

    public EnsembleOrder Order { get; }

    public Loss Loss { get; }

    public TrainingPlan Plan { get; }

    /// <summary>Checks the experiment against data and device, sets the process up for it, loads the data and draws the
    /// initial weights.</summary>
    /// <param name="announce">Told, in a sentence, of each file that is downloaded.</param>
    /// <exception cref="ConfigurationException">The device is not there, or the data do not fill a batch.</exception>
    /// <exception cref="DataException">The data can't be found, downloaded or used.</exception>
    public static PreparedExperiment Of(Experiment experiment, Action<string>? announce = null)
    {
        ExperimentPlan.Check(experiment);
        var device = DeviceChoice.Of(experiment);
        set_num_threads(experiment.Threads);
        TorchBackend.Current.FlushDenormals(experiment.Denormals == Denormals.Flush);
        backends.cuda.matmul.allow_tf32 = experiment.Precision == Precision.Tf32;
        var dtype = experiment.Precision == Precision.Float64 ? float64 : float32;
        var data = DataSourceRegistry.Find(experiment.Data.Source)
            .Load(experiment.Data, new DataTarget(dtype, device, announce))
            .AsVectors();
        MemberSeed[] seeds = [.. ExperimentPlan.SeedsOf(experiment).Select(seed => new MemberSeed(seed))];
        return new PreparedExperiment(experiment, device, data, Build(experiment, data, seeds, dtype, device), seeds);
    }

    public void Dispose()
    {
        TorchBackend.Current.FlushDenormals(false);
        backends.cuda.matmul.allow_tf32 = false;
        Order.Dispose();
        Model.Dispose();
        Model.Parameters.Dispose();
        Data.Dispose();
    }

    private static EnsembleModel Build(
        Experiment experiment, DataSet data, MemberSeed[] seeds, ScalarType dtype, Device device)
    {
        using var scope = NewDisposeScope();
        var section = experiment.Model;
        var shape = new ModelShape(data.Shape.Features, data.Shape.Outputs, section.Depth, section.Width);
        var parameters = new ActivationParameters(section.Activation.Slope, section.Activation.NegativeSlope);
        var model = ModelRegistry.Find(section.Kind).Create(
            shape, () => ActivationRegistry.Create(section.Activation.Forward, parameters), seeds.Length, dtype, device);
        model.Initialise(
            seeds, InitialiserRegistry.Find(section.Init.Kind),
            new InitialParameters(section.Init.Gain, section.Init.WeightVariance, section.Init.BiasVariance));
        return model;
    }
}
