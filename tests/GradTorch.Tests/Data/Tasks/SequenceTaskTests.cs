using GradTorch.Configuration;
using GradTorch.Data;
using GradTorch.Gradients;
using GradTorch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Data;

/// <summary>The generated tasks against their definitions, example by example, and their baselines over a whole split.</summary>
public sealed class SequenceTaskTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(2, null)]
    [InlineData(11, null)]
    [InlineData(40, true)]
    public void Adding_marks_one_value_in_each_half_and_asks_for_their_sum(int length, bool? variable)
    {
        var section = new DataSection { Source = "adding", Length = length, VariableLength = variable, Train = 400, Test = 300, Seed = 1 };
        using var data = Load(section);
        var timesteps = variable == true ? (int)(1.1 * length) : length;
        Assert.Equal(timesteps, data.Shape.Timesteps);
        var batch = data.Train.Range(0, 400);
        var (inputs, sums) = (HostCopy.Doubles(batch.Inputs), HostCopy.Doubles(batch.Targets));
        var lengths = batch.Lengths is null ? null : HostCopy.Doubles(batch.Lengths);
        Assert.Equal(variable == true, lengths is not null);
        if (lengths is not null) Assert.Equal([40, 41, 42, 43, 44], lengths.Distinct().Order());
        var places = new HashSet<(int, int)>();
        for (var example = 0; example < 400; example++)
        {
            double Value(int timestep) => inputs[(timestep * 400 + example) * 2];
            var own = lengths is null ? length : (int)lengths[example];
            var marked = Enumerable.Range(0, timesteps).Where(timestep => inputs[(timestep * 400 + example) * 2 + 1] == 1).ToArray();
            Assert.Equal(2, marked.Length);
            Assert.InRange(marked[0], 0, own / 2 - 1);
            Assert.InRange(marked[1], own / 2, own - 1);
            Assert.Equal(Value(marked[0]) + Value(marked[1]), sums[example], 1e-12);
            Assert.All(Enumerable.Range(0, own), timestep => Assert.InRange(Value(timestep), 0, 1));
            Assert.All(Enumerable.Range(own, timesteps - own), timestep => Assert.Equal(0, Value(timestep)));
            places.Add((marked[0], marked[1]));
        }
        // Every place comes.
        if (length == 11) Assert.Equal(5 * 6, places.Count);
    }

    [Fact]
    public void A_length_near_the_largest_integer_does_not_become_negative()
    {
        DataShape Of(string source, bool? variable = null) => DataSourceRegistry.Find(source).Shape(
            new DataSection { Source = source, Length = int.MaxValue, VariableLength = variable });
        Assert.Equal(int.MaxValue + 20L, Of("copy-memory").Timesteps);
        Assert.Equal((long)(1.1 * int.MaxValue), Of("adding", variable: true).Timesteps);
    }

    /// <summary>Within four standard errors of its 20,000 examples: (x + y − 1)² has variance 7/180.</summary>
    [Fact]
    public void Always_saying_one_leaves_adding_a_sixth()
    {
        using var data = Load(new DataSection { Source = "adding", Length = 20, Train = 20_000, Test = 10 });
        var batch = data.Train.Range(0, 20_000);
        var losses = new MeanSquaredError().PerExample(ones([1, 20_000, 1], float64), batch);
        Assert.Equal(1 / 6.0, HostCopy.Doubles(losses.mean())[0], 4 * Math.Sqrt(7 / 180.0 / 20_000));
    }

    [Fact]
    public void Copy_memory_asks_for_the_first_ten_symbols_after_the_delimiter()
    {
        const int T = 7, Timesteps = T + 20, Count = 50;
        using var data = Load(new DataSection { Source = "copy-memory", Length = T, Train = Count, Test = 3 });
        Assert.Equal(new DataShape(Count, 3, Timesteps, 10, 9, TargetKind.ClassPerTimestep), data.Shape);
        var batch = data.Train.Range(0, Count);
        var inputs = HostCopy.Doubles(batch.Inputs.argmax(-1));
        var targets = HostCopy.Doubles(batch.Targets);
        Assert.All(HostCopy.Doubles(batch.Inputs.sum(-1)), sum => Assert.Equal(1, sum));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], inputs[..(10 * Count)].Distinct().Order());
        for (var example = 0; example < Count; example++)
        {
            double[] Column(double[] of) => [.. Enumerable.Range(0, Timesteps).Select(timestep => of[timestep * Count + example])];
            var (input, target) = (Column(inputs), Column(targets));
            Assert.Equal([.. Enumerable.Repeat(8.0, T - 1), 9, .. Enumerable.Repeat(8.0, 10)], input[10..]);
            Assert.Equal([.. Enumerable.Repeat(8.0, T + 10), .. input[..10]], target);
        }
    }

    /// <summary>Blank for T + 10 timesteps, then any of eight: 10 ln 8 / (T + 20), whatever the symbols.</summary>
    [Fact]
    public void Guessing_without_memory_has_the_baseline_of_copy_memory()
    {
        const int T = 30, Count = 20;
        using var data = Load(new DataSection { Source = "copy-memory", Length = T, Train = Count, Test = 1 });
        var outputs = full([1, T + 20, Count, 9], -1000.0, float64);
        outputs.narrow(1, 0, T + 10).select(3, 8).fill_(0);
        outputs.narrow(1, T + 10, 10).narrow(3, 0, 8).fill_(0);
        var losses = HostCopy.Doubles(new CrossEntropyPerTimestep().PerExample(outputs, data.Train.Range(0, Count)));
        Assert.All(losses, loss => Assert.Equal(10 * Math.Log(8) / (T + 20), loss, 1e-12));
    }

    /// <summary>At int(0.1 T) + randint(int(0.1 T)) and int(0.5 T) + randint(int(0.1 T)), as tempOrder.py of trainingRNNs draws
    /// them.</summary>
    [Theory]
    [InlineData(50, new[] { 5, 6, 7, 8, 9 }, new[] { 25, 26, 27, 28, 29 })]
    [InlineData(39, new[] { 3, 4, 5 }, new[] { 19, 20, 21 })]
    [InlineData(10, new[] { 1 }, new[] { 5 })]
    public void Temporal_order_hides_two_symbols_and_asks_in_which_order_they_came(int T, int[] first, int[] second)
    {
        const int Count = 2000;
        using var data = Load(new DataSection { Source = "temporal-order", Length = T, Train = Count, Test = 1 });
        Assert.Equal(new DataShape(Count, 1, T, 6, 4, TargetKind.Class), data.Shape);
        var batch = data.Train.Range(0, Count);
        var symbols = HostCopy.Doubles(batch.Inputs.argmax(-1));
        var classes = HostCopy.Doubles(batch.Targets);
        var places = new HashSet<int>();
        for (var example = 0; example < Count; example++)
        {
            var relevant = Enumerable.Range(0, T).Where(timestep => symbols[timestep * Count + example] < 2).ToArray();
            Assert.Equal(2, relevant.Length);
            Assert.Contains(relevant[0], first);
            Assert.Contains(relevant[1], second);
            Assert.Equal(2 * symbols[relevant[0] * Count + example] + symbols[relevant[1] * Count + example], classes[example]);
            places.UnionWith(relevant);
        }
        Assert.Equal([.. first, .. second], places.Order());
        Assert.Equal([0, 1, 2, 3, 4, 5], symbols.Distinct().Order());
        // 500 of each class are expected, with a deviation of 19.
        foreach (var group in classes.GroupBy(label => label)) Assert.InRange(group.Count(), 420, 580);
    }

    [Theory]
    [InlineData("adding")]
    [InlineData("copy-memory")]
    [InlineData("temporal-order")]
    public void Another_seed_gives_other_examples_and_the_splits_differ(string source)
    {
        var section = new DataSection { Source = source, Length = 20, Train = 30, Test = 30 };
        using var zero = Load(section);
        using var one = Load(section with { Seed = 1 });
        Assert.NotEqual(zero.Checksum, one.Checksum);
        Assert.NotEqual(HostCopy.Doubles(zero.Train.Range(0, 30).Inputs), HostCopy.Doubles(one.Train.Range(0, 30).Inputs));
        Assert.NotEqual(HostCopy.Doubles(zero.Train.Range(0, 30).Inputs), HostCopy.Doubles(zero.Test.Range(0, 30).Inputs));
    }

    private static DataSet Load(DataSection section) =>
        DataSourceRegistry.Find(section.Source).Load(section, new DataTarget(float64, CPU));
}
