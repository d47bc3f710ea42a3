using GradTorch.Activations;
using GradTorch.Configuration;
using GradTorch.Data;
using GradTorch.Gradients.Measurements;
using GradTorch.Initialisation;
using GradTorch.Models;
using GradTorch.Training;
using static TorchSharp.torch;

namespace GradTorch.Tests.Gradients.Measurements;

/// <summary>A small network of any kind with its batch, of which steps are measured by hand. Three members, everything in the caller's
/// scope.</summary>
internal sealed class MeasuredNet : IDisposable
{
    public const int Members = 3, Batch = 6, Features = 4, Timesteps = 5, Classes = 3;

    private readonly Batch _batch;

    /// <param name="section">Its depth is 3 and its width 7.</param>
    /// <param name="bias">Added to every bias of the first hidden layer: far below 0 it kills units of relu.</param>
    public MeasuredNet(ModelSection section, ScalarType? dtype = null, double bias = 0, bool ends = false, int features = Features)
    {
        var (activation, type) = (section.Activation, dtype ?? float64);
        var surrogate = activation.Backward == BackwardRegistry.Exact ? null : SurrogateRegistry.Find(activation.Backward);
        var entry = ModelRegistry.Find(section.Kind);
        MemberSeed[] seeds = [.. Enumerable.Range(0, Members).Select(seed => new MemberSeed(seed))];
        Section = section with { Depth = 3, Width = 7, Skip = new SkipSection { Every = section.Skip.Every == 3 ? 3 : 1, Join = section.Skip.Join, Scale = new BranchScale(0.5) } };
        var sizes = new ModelShape(Section, features, Classes, entry.TakesSequences ? Timesteps : 0);
        Model = entry.Create(new ModelBlueprint(
            sizes,
            () => new Nonlinearity(
                ActivationRegistry.Create(activation.Forward, new ActivationParameters { Slope = MemberValues.Uniform(activation.Slope, Members) }), surrogate?.Surrogate,
                surrogate is null ? null : MemberValues.Uniform(surrogate.DefaultScale, Members)),
            seeds, type, CPU));
        InitialParameters[] parameters = [.. seeds.Select(_ => new InitialParameters(Gain: 1.5, BiasVariance: 0.2))];
        Model.Initialise(seeds, InitialiserRegistry.Find("xavier-normal"), parameters, InitialiserRegistry.Find("orthogonal"), parameters);
        using (no_grad()) Model.Layers[0].Linear.Bias.add_(bias);
        long[] inputs = entry.TakesSequences ? [Members, Timesteps, Batch, features] : [Members, Batch, features];
        var lengths = tensor(Enumerable.Range(0, Members * Batch).Select(index => 1L + index * 2 % Timesteps).ToArray(), int64).reshape(Members, Batch);
        _batch = new Batch(
            Arrays.Normal(7, (int)inputs.Aggregate(1L, (product, size) => product * size)).ToTensor(type, inputs),
            tensor(Enumerable.Range(0, Members * Batch).Select(index => (long)(index % Classes)).ToArray(), int64).reshape(Members, Batch),
            ends ? lengths : null);
    }

    public ModelSection Section { get; }

    public EnsembleModel Model { get; }

    public Tensor Inputs => _batch.Inputs;

    /// <summary>Forwards, as a step does it.</summary>
    public Tensor Loss() => LossOf(Model.Outputs(_batch));

    public Tensor LossOf(Tensor logits) => CrossEntropy.PerExample(logits, _batch.Targets).mean([1]).sum();

    /// <summary>Forwards and backwards; the gradients are then this step's.</summary>
    public void Step()
    {
        Model.Parameters.ZeroGradients();
        Loss().backward();
    }

    /// <summary>What is measured of a step, by member, layer and name.</summary>
    public static Dictionary<(int Member, int Layer, string Name), double> Read(StepMeasurements measurements)
    {
        var values = GradTorch.Gradients.HostCopy.Doubles(measurements.Values);
        return Enumerable.Range(0, Members).SelectMany(member => measurements.Places.Select((place, index) => (
            Key: (member, place.Layer, place.Name), Value: values[member * measurements.Places.Count + index]))).ToDictionary(one => one.Key, one => one.Value);
    }

    public void Dispose()
    {
        Model.Parameters.Dispose();
        Model.Dispose();
    }
}
