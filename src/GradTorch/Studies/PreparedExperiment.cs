using GradTorch.Backends;
using GradTorch.Configuration;
using GradTorch.Data;
using GradTorch.Initialisation;
using GradTorch.Models;
using GradTorch.Models.Recurrent;
using GradTorch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Studies;

/// <summary>An experiment on its device: data loaded, members initialised, nothing trained yet. It belongs to the thread
/// that made it.</summary>
public sealed class PreparedExperiment : IDisposable
{
    private readonly EnsembleNonlinearity _nonlinearity;
    private readonly bool _ownsData;

    private PreparedExperiment(
        Experiment experiment, Device device, ThreadChoice threads, DataSet data, bool ownsData, EnsembleNonlinearity nonlinearity,
        EnsembleModel model, IReadOnlyList<EnsembleMember> members)
    {
        _ownsData = ownsData;
        (Experiment, Device, Threads, Data, Model, Members) = (experiment, device, threads, data, model, members);
        _nonlinearity = nonlinearity;
        Seeds = [.. members.Select(member => member.Seed)];
        Order = new EnsembleOrder(Seeds, data.Train.Count, experiment.Data.Batch, device);
        Loss = LossRegistry.Find(experiment.Training.Loss, data.Shape.Target).Loss;
        Plan = TrainingPlan.Of(experiment, Order.BatchesPerEpoch);
        var regulariser = experiment.Training.Regulariser;
        if (regulariser.Kind != RegulariserRegistry.None)
            Regulariser = new VanishingGradientRegulariser(model, regulariser.Weight);
    }

    public Experiment Experiment { get; }

    public Device Device { get; }

    public ThreadChoice Threads { get; }

    public DataSet Data { get; }

    public EnsembleModel Model { get; }

    public IReadOnlyList<EnsembleMember> Members { get; }

    public IReadOnlyList<MemberSeed> Seeds { get; }

    public EnsembleOrder Order { get; }

    public Loss Loss { get; }

    public TrainingPlan Plan { get; }

    /// <summary>Null without one.</summary>
    public VanishingGradientRegulariser? Regulariser { get; }

    /// <summary>Checks the experiment against data and device, sets the process up for it, loads the data and draws the
    /// initial weights.</summary>
    /// <param name="announce">Told, in a sentence, of each file that is downloaded, and of what is slower than it need be.</param>
    /// <exception cref="ConfigurationException">The device is not there, the data do not fill a batch, sections
    /// do not fit each other, or the memory does not suffice.</exception>
    /// <exception cref="DataException">The data can't be found, downloaded or used.</exception>
    public static PreparedExperiment Of(Experiment experiment, Action<string>? announce = null) => Of(experiment, null, announce);

    /// <summary>The same on data that are loaded already, for experiments that differ in their members only.</summary>
    /// <param name="data">Of <see cref="LoadData"/>. They stay with the caller.</param>
    /// <inheritdoc cref="Of(Experiment, Action{string}?)"/>
    internal static PreparedExperiment Of(Experiment experiment, DataSet data) => Of(experiment, data, null);

    /// <summary>What the experiment learns, as its model takes it.</summary>
    /// <param name="announce">Told, in a sentence, of each file that is downloaded.</param>
    /// <exception cref="DataException">The data can't be found, downloaded or used.</exception>
    internal static DataSet LoadData(Experiment experiment, Device device, Action<string>? announce)
    {
        var data = DataSourceRegistry.Find(experiment.Data.Source)
            .Load(experiment.Data, new DataTarget(TypeOf(experiment), device, announce));
        return ModelRegistry.Find(experiment.Model.Kind).TakesSequences ? data : data.AsVectors();
    }

    private static PreparedExperiment Of(Experiment experiment, DataSet? loaded, Action<string>? announce)
    {
        var device = DeviceChoice.Of(experiment);
        var plan = ExperimentPlan.Of(experiment);
        MemoryLimit.Require(plan.MemoryBytes, device, experiment);
        var threads = device.type == DeviceType.CUDA && experiment.Threads == ThreadCount.Auto ? ThreadChoice.OfDevice : plan.Threads;
        set_num_threads(threads.Count);
        TorchBackend.Current.FlushDenormals(experiment.Denormals == Denormals.Flush);
        backends.cuda.matmul.allow_tf32 = experiment.Precision == Precision.Tf32;
        var data = loaded ?? LoadData(experiment, device, announce);
        var members = EnsembleMember.Of(experiment);
        var nonlinearity = new EnsembleNonlinearity(members);
        if (NarrowOf(experiment.Precision) is not null && device.type == DeviceType.CPU)
            announce?.Invoke($"precision {experiment.Precision.Name()} on the CPU is for trying out: it is slower there than float32");
        var model = Build(experiment, data, nonlinearity, members, device);
        var prepared = new PreparedExperiment(experiment, device, threads, data, loaded is null, nonlinearity, model, members);
        try
        {
            if (InitialiserRegistry.Find(experiment.Model.Init.Kind) is FileWeights) WeightFile.Load(model, members.Count, experiment.Model.Init.Path!);
            prepared.AdjustToData();
        }
        catch
        {
            prepared.Dispose();
            throw;
        }
        return prepared;
    }

    public void Dispose()
    {
        TorchBackend.Current.FlushDenormals(false);
        backends.cuda.matmul.allow_tf32 = false;
        Regulariser?.Dispose();
        Order.Dispose();
        Model.Dispose();
        Model.Parameters.Dispose();
        _nonlinearity.Dispose();
        if (_ownsData) Data.Dispose();
    }

    /// <summary>The members' networks, not yet initialised.</summary>
    internal static EnsembleModel NetworkOf(
        Experiment experiment, ModelShape shape, EnsembleNonlinearity nonlinearity, IReadOnlyList<EnsembleMember> members, Device device) =>
        ModelRegistry.Find(experiment.Model.Kind).Create(new ModelBlueprint(
            shape, nonlinearity.Create, [.. members.Select(member => member.Seed)], TypeOf(experiment), device, NarrowOf(experiment.Precision)));

    private static ScalarType TypeOf(Experiment experiment) => experiment.Precision == Precision.Float64 ? float64 : float32;

    private static ScalarType? NarrowOf(Precision precision) => precision switch
    {
        Precision.Bfloat16 => bfloat16,
        Precision.Float16 => float16,
        _ => null,
    };

    private static EnsembleModel Build(
        Experiment experiment, DataSet data, EnsembleNonlinearity nonlinearity, IReadOnlyList<EnsembleMember> members, Device device)
    {
        using var scope = NewDisposeScope();
        var section = experiment.Model;
        var model = NetworkOf(experiment, ModelShape.Of(section, data.Shape), nonlinearity, members, device);
        model.Initialise(
            [.. members.Select(member => member.Seed)], InitialiserRegistry.Find(section.Init.Kind),
            [.. members.Select(member => InitialParameters.Of(member.Alone.Model.Init))],
            InitialiserRegistry.Find(section.RecurrentInit.Kind),
            [.. members.Select(member => InitialParameters.Of(member.Alone.Model.RecurrentInit))]);
        return model;
    }

    /// <summary>The second stage of a data-driven initialiser, on each member's own first training batch. The order that the
    /// training follows stays at its beginning.</summary>
    private void AdjustToData()
    {
        if (InitialiserRegistry.Find(Experiment.Model.Init.Kind) is not DataDrivenInitialiser initialiser) return;
        using var scope = NewDisposeScope();
        using var order = new EnsembleOrder(Seeds, Data.Train.Count, Order.Batch, Device);
        var inputs = Data.Train.Gather(order.Next()).Inputs;
        using var gain = new MemberValues([.. Members.Select(member => member.Alone.Model.Init.Gain)]);
        if (DataDrivenStage.Run(Model, initialiser, inputs, gain) is [var unseen, ..])
        {
            throw ExperimentPlan.Refusal("model:init:kind", $"'{Experiment.Model.Init.Kind}' rescales a layer when data pass it, "
                + $"and {unseen} of model '{Experiment.Model.Kind}' is not seen then; choose another initialiser");
        }
    }
}
