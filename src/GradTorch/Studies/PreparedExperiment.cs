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
        Experiment experiment, Device device, DataSet data, EnsembleModel model, IReadOnlyList<EnsembleMember> members)
    {
        (Experiment, Device, Data, Model, Members) = (experiment, device, data, model, members);
        Seeds = [.. members.Select(member => member.Seed)];
        Order = new EnsembleOrder(Seeds, data.Train.Count, experiment.Data.Batch, device);
        Plan = TrainingPlan.Of(experiment, Order.BatchesPerEpoch);
    }

    public Experiment Experiment { get; }

    public Device Device { get; }

    public DataSet Data { get; }

    public EnsembleModel Model { get; }

    public IReadOnlyList<EnsembleMember> Members { get; }

    public IReadOnlyList<MemberSeed> Seeds { get; }

    public EnsembleOrder Order { get; }

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
        var dtype = experiment.Precision == Precision.Float64 ? float64 : float32;
        var data = DataSourceRegistry.Find(experiment.Data.Source)
            .Load(experiment.Data, new DataTarget(dtype, device, announce));
        var members = EnsembleMember.Of(experiment);
        return new PreparedExperiment(experiment, device, data, Build(experiment, data, members, dtype, device), members);
    }

    public void Dispose()
    {
        TorchBackend.Current.FlushDenormals(false);
        Order.Dispose();
        Model.Dispose();
        Model.Parameters.Dispose();
        Data.Dispose();
    }

    private static EnsembleModel Build(
        Experiment experiment, DataSet data, IReadOnlyList<EnsembleMember> members, ScalarType dtype, Device device)
    {
        using var scope = NewDisposeScope();
        var section = experiment.Model;
        var shape = new ModelShape(data.Features, data.Classes, section.Depth, section.Width);
        var parameters = new ActivationParameters(section.Activation.Slope, section.Activation.NegativeSlope);
        var model = ModelRegistry.Find(section.Kind).Create(
            shape, () => ActivationRegistry.Create(section.Activation.Forward, parameters), members.Count, dtype, device);
        model.Initialise(
            [.. members.Select(member => member.Seed)], InitialiserRegistry.Find(section.Init.Kind),
            [.. members.Select(member => ParametersOf(member.Alone.Model.Init))]);
        return model;
    }

    private static InitialParameters ParametersOf(InitSection section) =>
        new(section.Gain, section.WeightVariance, section.BiasVariance);
}
