using GradTorch.Configuration;
using GradTorch.Data;
using GradTorch.Gradients;
using GradTorch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Data;

/// <summary>What every data source promises, tested on a small instance of each. A source without one fails.</summary>
public sealed class DataSourceContractTests : IClassFixture<SmallSources>, IDisposable
{
    private readonly SmallSources sources;
    private readonly DisposeScope scope = NewDisposeScope();

    public DataSourceContractTests(SmallSources sources) => this.sources = sources;

    public static TheoryData<string> Names => [.. SmallSources.Cases];

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Every_registered_source_is_tested() => Assert.Equal(
        DataSourceRegistry.Names.Order(), SmallSources.Cases.Select(name => name.Split(' ')[0]).Distinct().Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void Batches_have_the_shape_that_was_declared_before_loading(string name)
    {
        var section = sources.Section(name);
        var shape = DataSourceRegistry.Find(section.Source).Shape(section);
        using var data = Load(section);
        Assert.Equal(shape, data.Shape);
        Assert.Equal((shape.Train, shape.Test), (data.Train.Count, data.Test.Count));
        Assert.NotEmpty(data.Origin);
        Assert.Equal(64, data.Checksum.Length);
        foreach (var split in new[] { data.Train, data.Test })
        {
            var (inputs, targets, lengths) = split.Gather(Indices(split));
            Assert.Equal(
                shape.IsSequence ? [2, shape.Timesteps, 3, shape.Features] : [2, 3, shape.Features], inputs.shape);
            Assert.True(inputs.is_contiguous());
            Assert.Equal(float32, inputs.dtype);
            Assert.Equal(shape.Target == TargetKind.Real ? float32 : int64, targets.dtype);
            Assert.Equal(shape.Target switch
            {
                TargetKind.Class => [2, 3],
                TargetKind.ClassPerTimestep => [2, shape.Timesteps, 3],
                _ => new[] { 2, 3, shape.Outputs },
            }, targets.shape);
            if (lengths is null) continue;
            Assert.Equal([2, 3], lengths.shape);
            Assert.All(HostCopy.Doubles(lengths), length => Assert.InRange(length, 1, shape.Timesteps));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void All_numbers_are_finite_and_all_classes_in_range(string name)
    {
        using var data = Load(sources.Section(name));
        foreach (var split in new[] { data.Train, data.Test })
        {
            var batch = split.Range(0, split.Count);
            Assert.All(HostCopy.Doubles(batch.Inputs), number => Assert.True(double.IsFinite(number)));
            var targets = HostCopy.Doubles(batch.Targets);
            if (data.Shape.Target == TargetKind.Real) Assert.All(targets, number => Assert.True(double.IsFinite(number)));
            else Assert.All(targets, number => Assert.InRange(number, 0, data.Shape.Outputs - 1));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_section_gives_the_same_bits_and_the_same_checksum(string name)
    {
        using var first = Load(sources.Section(name));
        random.manual_seed(77);
        using var second = Load(sources.Section(name));
        Assert.Equal(first.Checksum, second.Checksum);
        Same(first.Train.Range(0, first.Train.Count), second.Train.Range(0, first.Train.Count));
        Same(first.Test.Range(0, first.Test.Count), second.Test.Range(0, first.Test.Count));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_gathered_batch_is_the_range_of_the_same_examples(string name)
    {
        using var data = Load(sources.Section(name));
        Same(data.Train.Range(1, 2), data.Train.Gather(tensor(new long[] { 1, 2 }).unsqueeze(0)));
        // Each member gets its own: the second of these has the first one's examples the other way round.
        var both = data.Train.Gather(tensor(new long[] { 1, 2, 2, 1 }).reshape(2, 2));
        var swapped = data.Train.Gather(tensor(new long[] { 2, 1 }).unsqueeze(0));
        Assert.Equal(HostCopy.Doubles(swapped.Inputs[0]), HostCopy.Doubles(both.Inputs[1]));
        Assert.Equal(HostCopy.Doubles(swapped.Targets[0]), HostCopy.Doubles(both.Targets[1]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Sequences_as_vectors_are_timestep_after_timestep(string name)
    {
        using var data = Load(sources.Section(name));
        var sequences = HostCopy.Doubles(data.Train.Gather(Indices(data.Train)).Inputs);
        var (timesteps, features) = ((int)Math.Max(data.Shape.Timesteps, 1), (int)data.Shape.Features);
        var flat = data.AsVectors();
        Assert.Equal((0, timesteps * features), (flat.Shape.Timesteps, flat.Shape.Features));
        var vectors = flat.Train.Gather(Indices(flat.Train)).Inputs;
        Assert.Equal([2, 3, timesteps * features], vectors.shape);
        var found = HostCopy.Doubles(vectors);
        for (var at = 0; at < found.Length; at++)
        {
            var (member, example, timestep, feature) =
                (at / (3 * timesteps * features), at / (timesteps * features) % 3, at / features % timesteps, at % features);
            Assert.Equal(sequences[((member * timesteps + timestep) * 3 + example) * features + feature], found[at]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void There_is_a_loss_for_it(string name)
    {
        var section = sources.Section(name);
        var shape = DataSourceRegistry.Find(section.Source).Shape(section);
        Assert.Equal(shape.Target, LossRegistry.Find(LossRegistry.Auto, shape.Target).Target);
        Assert.True(DataSourceRegistry.Find(section.Source).ExampleBytes(shape, 4) > 0);
    }

    /// <summary>By default and per feature, the training split has mean 0; a feature that varies has deviation 1.</summary>
    [Theory]
    [InlineData("fashion-mnist", Standardisation.Auto)]
    [InlineData("fashion-mnist rows", Standardisation.Feature)]
    [InlineData("cifar-10 pixels", Standardisation.Feature)]
    [InlineData("mnist pixels", Standardisation.Dataset)]
    public void The_training_split_is_standardised(string name, Standardisation standardisation)
    {
        using var data = Load(sources.Section(name) with { Standardise = standardisation }).AsVectors();
        var inputs = data.Train.Range(0, data.Train.Count).Inputs.to(float64)[0];
        var (means, deviations) = standardisation == Standardisation.Feature
            ? (inputs.mean([0]), inputs.std(0, unbiased: false))
            : (inputs.mean(), inputs.std(unbiased: false));
        Assert.All(HostCopy.Doubles(means), mean => Assert.Equal(0, mean, 1e-5));
        Assert.All(HostCopy.Doubles(deviations), deviation => Assert.Equal(1, deviation, 1e-5));
    }

    private static DataSet Load(DataSection section) =>
        DataSourceRegistry.Find(section.Source).Load(section, new DataTarget(float32, CPU));

    /// <summary>Three examples for each of two members.</summary>
    private static Tensor Indices(Examples examples) =>
        tensor(new[] { 0, 1, 1, examples.Count - 1, 0, 1 }).reshape(2, 3);

    private static void Same(Batch first, Batch second)
    {
        Assert.Equal(first.Inputs.shape, second.Inputs.shape);
        Assert.Equal(HostCopy.Doubles(first.Inputs), HostCopy.Doubles(second.Inputs));
        Assert.Equal(HostCopy.Doubles(first.Targets), HostCopy.Doubles(second.Targets));
        Assert.Equal(first.Lengths is null, second.Lengths is null);
        if (first.Lengths is not null) Assert.Equal(HostCopy.Doubles(first.Lengths), HostCopy.Doubles(second.Lengths!));
    }
}
