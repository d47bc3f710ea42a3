using GradTorch.Activations;
using GradTorch.Backends;
using GradTorch.Configuration;
using GradTorch.Data;
using GradTorch.Gradients;
using GradTorch.Initialisation;
using GradTorch.Models;
using GradTorch.Training;
using static TorchSharp.torch;

namespace GradTorch.Tests.Training;

/// <summary>Everything a trainer needs, small and made by hand: four classes of points, and a few narrow networks.</summary>
internal sealed class TrainingProblem : IDisposable
{
    public TrainingProblem(
        DataSet data, MemberSeed[] seeds, int depth = 2, int width = 8, string activation = "relu", long batch = 8,
        ScalarType? dtype = null)
    {
        Data = data;
        Model = new DeepMlp(new ModelBlueprint(
            new ModelShape(new ModelSection { Depth = depth, Width = width }, data.Shape.Features, data.Shape.Outputs),
            () => new Nonlinearity(ActivationRegistry.Create(activation, new ActivationParameters())), seeds, dtype ?? float32, CPU));
        Order = new EnsembleOrder(seeds, data.Train.Count, batch, CPU);
    }

    public DataSet Data { get; }

    public DeepMlp Model { get; }

    public EnsembleOrder Order { get; }

    /// <summary>As many members as asked for, initialised, on 43 points of 6 features.</summary>
    /// <param name="broken">A training example whose features are NaN.</param>
    public static TrainingProblem Initialised(int members, int depth = 2, string activation = "relu", int? broken = null)
    {
        MemberSeed[] seeds = [.. Enumerable.Range(0, members).Select(seed => new MemberSeed(seed))];
        var problem = new TrainingProblem(Points(43, 25, broken), seeds, depth, activation: activation);
        problem.Model.Initialise(
            seeds, InitialiserRegistry.Find("he-normal"), [.. seeds.Select(_ => new InitialParameters(BiasVariance: 0.01))]);
        return problem;
    }

    /// <summary>Points around one centre per class.</summary>
    public static DataSet Points(int train, int test, int? broken = null)
    {
        const int features = 6, classes = 4;
        using var generator = new Generator(11, CPU);
        using var centres = randn([classes, features], float32, generator: generator);
        StoredExamples Split(int count, int? broken = null)
        {
            using var scope = NewDisposeScope();
            var labels = arange(count, ScalarType.Int64).remainder(classes);
            var inputs = randn([count, features], float32, generator: generator) + centres.index_select(0, labels);
            if (broken is { } example) inputs[example].fill_(double.NaN);
            return new StoredExamples(inputs, labels, Standardiser);
        }
        var shape = new DataShape(train, test, 0, features, classes, TargetKind.Class);
        return new DataSet(Split(train, broken), Split(test), shape, "none", "made by hand", Standardiser);
    }

    /// <summary>Leaves numbers as they are.</summary>
    public static Standardiser Standardiser => new([1.0], [0.0], ScalarType.Float32, CPU);

    /// <summary>Trains by SGD, a rate for each member.</summary>
    public long Train(
        double[] rates, TrainingPlan plan, ITrainingObserver observer, double momentum = 0, CancellationToken cancellation = default)
    {
        using var optimizer = new SgdOptimizer(Model.Parameters, TorchBackend.Current, momentum, nesterov: false, weightDecay: 0);
        return Train(optimizer, rates, plan, observer, cancellation);
    }

    public long Train(
        Optimizer optimizer, double[] rates, TrainingPlan plan, ITrainingObserver observer, CancellationToken cancellation = default)
    {
        return Train(optimizer, new ConstantSchedule(rates), clip: null, plan, observer, cancellation);
    }

    public long Train(
        Optimizer optimizer, Schedule schedule, GradientClip? clip, TrainingPlan plan, ITrainingObserver observer,
        CancellationToken cancellation = default)
    {
        using var trainer = new Trainer(
            Model, new CrossEntropy(), Data, Order, optimizer, schedule, clip, plan, TorchBackend.Current, observer);
        var steps = trainer.Run(cancellation);
        Assert.Equal(steps, trainer.StepsDone);
        return steps;
    }

    /// <summary>All parameters of one member.</summary>
    public double[] Weights(int member)
    {
        using var row = Model.Parameters.Values[member];
        return HostCopy.Doubles(row);
    }

    /// <summary>Multiplies the weights of one member's layer, counted from 1, and takes its biases away.</summary>
    public void Scale(int member, int layer, double factor)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        Model.Layers[layer - 1].Linear.Weight[member].mul_(factor);
        Model.Layers[layer - 1].Linear.Bias[member].zero_();
    }

    /// <summary>Sets one weight of one member's layer, counted from 1.</summary>
    public void SetWeight(int member, int layer, double value)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        Model.Layers[layer - 1].Linear.Weight[member, 0, 0].fill_(value);
    }

    public void Dispose()
    {
        Order.Dispose();
        Model.Dispose();
        Model.Parameters.Dispose();
        Data.Dispose();
    }
}
