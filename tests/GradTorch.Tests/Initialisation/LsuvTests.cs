using GradTorch.Activations;
using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Initialisation;
using GradTorch.Models;
using GradTorch.Models.PyTorch;
using GradTorch.Studies;
using GradTorch.Tests.Data;
using GradTorch.Tests.Studies;
using GradTorch.Tests.Training;
using static TorchSharp.torch;

namespace GradTorch.Tests.Initialisation;

/// <summary>Layer-sequential unit variance, on whole experiments.</summary>
public sealed class LsuvTests(SmallImages images) : IClassFixture<SmallImages>
{
    [FactWithFashionMnist]
    public void Every_layer_of_20_tanh_layers_passes_the_first_batch_with_variance_1() => AssertUnitVariance(Net("tanh"));

    [FactWithFashionMnist]
    public void Every_layer_of_20_relu_layers_passes_the_first_batch_with_variance_1() => AssertUnitVariance(Net("relu"));

    [FactWithFashionMnist]
    public void With_a_gain_the_variance_is_its_square_and_biases_count() => AssertUnitVariance(
        Net("relu") with { Model = Net("relu").Model with { Init = new InitSection { Kind = "lsuv", Gain = 2, BiasVariance = 0.5 } } });

    /// <summary>What the tests above would find without the second stage.</summary>
    [FactWithFashionMnist]
    public void Orthogonal_weights_alone_do_not()
    {
        var variances = Variances(Net("relu") with { Model = Net("relu").Model with { Init = new InitSection { Kind = "orthogonal" } } });
        Assert.Contains(variances, variance => variance < 0.1);
    }

    [Theory]
    [InlineData(Precision.Float32, 1e-4)]
    [InlineData(Precision.Float64, 1e-12)]
    public void A_member_gets_the_same_weights_alone_and_among_others(Precision precision, double tolerance)
    {
        var experiment = Made() with { Precision = precision, Seeds = new SeedSection { First = 40, Count = 5 } };
        var together = Weights(experiment);
        for (var member = 0; member < 5; member++)
        {
            var alone = Weights(experiment with { Seeds = new SeedSection { First = 40 + member } });
            Arrays.AssertClose(
                alone, [.. together.Skip(member * alone.Length).Take(alone.Length)], relative: tolerance, absolute: tolerance);
        }
    }

    [Fact]
    public void The_same_experiment_twice_gives_the_same_bits() =>
        Assert.Equal(Bits.Of(Weights(Made())), Bits.Of(Weights(Made())));

    [Fact]
    public void Training_still_begins_with_the_first_batch()
    {
        using var process = new StudyRun.ProcessSettings();
        using var adjusted = PreparedExperiment.Of(Made());
        using var drawn = PreparedExperiment.Of(Made() with { Model = Made().Model with { Init = new InitSection() } });
        for (var step = 0; step < 3; step++)
        {
            using var scope = NewDisposeScope();
            Assert.Equal(HostCopy.Doubles(drawn.Order.Next()), HostCopy.Doubles(adjusted.Order.Next()));
        }
        Assert.True(adjusted.Model.training);
    }

    /// <summary>One member is fed NaN and one zeros; neither has a variance to go by.</summary>
    [Fact]
    public void A_layer_without_a_variance_keeps_its_weights_and_its_neighbours_theirs()
    {
        using var scope = NewDisposeScope();
        var inputs = randn([3, 32, 6], float32, generator: new Generator(5, CPU));
        double[][] Adjusted(Tensor inputs)
        {
            using var problem = new TrainingProblem(TrainingProblem.Points(40, 10), Seeds(3));
            var parameters = Enumerable.Repeat(new InitialParameters(), 3).ToArray();
            problem.Model.Initialise(Seeds(3), new Lsuv(), parameters);
            using var gain = MemberValues.Uniform(1, 3);
            Assert.Empty(DataDrivenStage.Run(problem.Model, new Lsuv(), inputs, gain));
            return [problem.Weights(0), problem.Weights(1), problem.Weights(2)];
        }
        var whole = Adjusted(inputs);
        var broken = inputs.clone();
        broken[0].fill_(double.NaN);
        broken[1].zero_();
        var beside = Adjusted(broken);
        Assert.Equal(Bits.Of(whole[2]), Bits.Of(beside[2]));
        using var untouched = new TrainingProblem(TrainingProblem.Points(40, 10), Seeds(3));
        untouched.Model.Initialise(Seeds(3), new Orthogonal(), [.. Enumerable.Repeat(new InitialParameters(), 3)]);
        Assert.Equal(Bits.Of(untouched.Weights(0)), Bits.Of(beside[0]));
        Assert.Equal(Bits.Of(untouched.Weights(1)), Bits.Of(beside[1]));
    }

    [Fact]
    public void Each_member_has_its_own_gain()
    {
        using var scope = NewDisposeScope();
        double[] gains = [0.5, 1, 3];
        using var problem = new TrainingProblem(TrainingProblem.Points(400, 10), Seeds(3), depth: 1, width: 32, dtype: float64);
        problem.Model.Initialise(Seeds(3), new Lsuv(), [.. gains.Select(gain => new InitialParameters(gain))]);
        using var ofMembers = new MemberValues(gains);
        var inputs = randn([3, 64, 6], float64, generator: new Generator(5, CPU));
        DataDrivenStage.Run(problem.Model, new Lsuv(), inputs, ofMembers);
        using var off = no_grad();
        var z = problem.Model.Layers[0].Linear.call(inputs);
        // Without biases one multiplication is exact.
        for (var member = 0; member < 3; member++)
            Assert.Equal(gains[member] * gains[member], Variance(HostCopy.Doubles(z[member])), 1e-9);
    }

    /// <summary>The loop ends after ten multiplications; none more is made once the variance is close.</summary>
    [Theory]
    [InlineData(0.901, false)]
    [InlineData(1.099, false)]
    [InlineData(0.899, true)]
    [InlineData(1.101, true)]
    public void Weights_move_only_where_the_variance_is_a_tenth_off(double variance, bool moves)
    {
        using var scope = NewDisposeScope();
        using var gain = MemberValues.Uniform(1, 1);
        var z = tensor(new[] { -1.0, 1.0 }, [1, 2, 1], float64) * Math.Sqrt(variance) + 5;
        var factor = HostCopy.Doubles(new Lsuv().Rescaling(z, gain))[0];
        Assert.Equal(moves ? 1 / Math.Sqrt(variance) : 1.0, factor, moves ? 1e-12 : 0);
        Assert.Equal(10, new Lsuv().Iterations);
    }

    [Fact]
    public void Layers_that_the_model_does_not_call_are_named()
    {
        using var scope = NewDisposeScope();
        using var model = new Bypassing();
        using var gain = MemberValues.Uniform(1, 1);
        Assert.Equal(["silent"], DataDrivenStage.Run(model, new Lsuv(), ones([1, 4, 2], float32), gain));
        model.Parameters.Dispose();
    }

    private static MemberSeed[] Seeds(int count) => [.. Enumerable.Range(0, count).Select(seed => new MemberSeed(seed))];

    /// <summary>Computes the product of its layer by itself.</summary>
    private sealed class Bypassing : EnsembleModel
    {
        private readonly EnsembleLinear linear;

        public Bypassing() : base(
            "bypassing",
            new ModelBlueprint(
                new ModelShape(new ModelSection(), 2, 3), () => new Nonlinearity(new Tanh()), Seeds(1), float32, CPU),
            EnsembleLinear.CountParameters(2, 3))
        {
            linear = new EnsembleLinear("silent", 2, 3, Parameters);
            RegisterComponents();
        }

        public override IReadOnlyList<MeasuredLayer> Layers => [new MeasuredLayer("silent", linear, null)];

        public override IEnumerable<PyTorchTensor> PyTorchTensors(long member) => linear.PyTorchTensors("silent", member);

        public override Tensor forward(Tensor input) => input.matmul(linear.Weight);
    }

    /// <summary>A small experiment on made images.</summary>
    private Experiment Made() => StudyRun.Small(images, "unused") with
    {
        Model = new ModelSection { Depth = 4, Width = 16, Init = new InitSection { Kind = "lsuv", BiasVariance = 0.1 } },
    };

    private Experiment Net(string activation) => new()
    {
        Device = "cpu",
        Seeds = new SeedSection { First = 3, Count = 3 },
        Data = new DataSection { Path = images.Real, Batch = 128 },
        Model = new ModelSection
        {
            Depth = 20, Width = 64, Activation = new ActivationSection { Forward = activation },
            Init = new InitSection { Kind = "lsuv" },
        },
    };

    private static void AssertUnitVariance(Experiment experiment)
    {
        var gain = experiment.Model.Init.Gain;
        var variances = Variances(experiment);
        Assert.Equal(21 * 3, variances.Length);
        Assert.All(variances, variance => Assert.InRange(variance / (gain * gain), 0.9, 1.1));
    }

    /// <summary>Of the pre-activations of each layer and member on the first batch that training takes.</summary>
    private static double[] Variances(Experiment experiment)
    {
        using var process = new StudyRun.ProcessSettings();
        using var prepared = PreparedExperiment.Of(experiment);
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var variances = new List<double>();
        foreach (var layer in prepared.Model.Layers)
        {
            layer.Linear.register_forward_hook((_, _, z) =>
            {
                for (var member = 0; member < z.shape[0]; member++) variances.Add(Variance(HostCopy.Doubles(z[member])));
                return z;
            });
        }
        prepared.Model.eval(); // Every part of a layer is called.
        prepared.Model.call(prepared.Data.Train.Gather(prepared.Order.Next()).Inputs);
        return [.. variances];
    }

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Average(value => (value - mean) * (value - mean));
    }

    private static double[] Weights(Experiment experiment)
    {
        using var process = new StudyRun.ProcessSettings();
        using var prepared = PreparedExperiment.Of(experiment);
        return HostCopy.Doubles(prepared.Model.Parameters.Values);
    }
}
