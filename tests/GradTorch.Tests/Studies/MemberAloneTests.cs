using GradTorch.Configuration;
using GradTorch.Data;
using GradTorch.Gradients;
using GradTorch.Studies;
using GradTorch.Tests.Data;
using GradTorch.Tests.Training;
using static TorchSharp.torch;

namespace GradTorch.Tests.Studies;

/// <summary>A member of an ensemble of eight and the same member trained alone are the same experiment. On real images.
/// </summary>
public sealed class MemberAloneTests(SmallImages images) : IClassFixture<SmallImages>
{
    private static readonly int[] Chosen = [0, 3, 7];

    [FactWithFashionMnist]
    public void A_tanh_net_of_50_layers_loses_the_same_for_100_steps() =>
        AssertSame(new ModelSection { Depth = 50, Width = 24 }, new OptimizerSection { Lr = 0.01, Momentum = 0.9 });

    [FactWithFashionMnist]
    public void A_relu_net_loses_the_same_for_100_steps() => AssertSame(
        new ModelSection
        {
            Depth = 6, Width = 32, Activation = new ActivationSection { Forward = "relu" },
            Init = new InitSection { Kind = "he-normal" },
        },
        new OptimizerSection { Lr = 0.02, Momentum = 0.9 });

    [Theory]
    [InlineData("xavier-normal")]
    [InlineData("he-uniform")]
    [InlineData("pytorch")]
    [InlineData("orthogonal")]
    [InlineData("sparse")]
    [InlineData("lsuv")]
    public void Its_initial_weights_are_the_same_bits(string initialiser)
    {
        var experiment = StudyRun.Small(images, "unused") with
        {
            Seeds = new SeedSection { First = 40, Count = 8 },
            Model = new ModelSection { Depth = 3, Width = 9, Init = new InitSection { Kind = initialiser, BiasVariance = 0.3 } },
        };
        var together = InitialWeights(experiment);
        for (var member = 0; member < 8; member++)
        {
            var alone = InitialWeights(experiment with { Seeds = new SeedSection { First = 40 + member } });
            Assert.Equal(Bits.Of(alone), Bits.Of(together.Skip(member * alone.Length).Take(alone.Length)));
        }
    }

    [Fact]
    public void Its_batches_are_the_same_for_three_epochs_and_each_epoch_is_another_permutation()
    {
        MemberSeed[] seeds = [.. Enumerable.Range(40, 8).Select(seed => new MemberSeed(seed))];
        using var together = new EnsembleOrder(seeds, 100, 8, CPU);
        foreach (var member in Chosen)
        {
            using var own = new EnsembleOrder(seeds, 100, 8, CPU);
            using var alone = new EnsembleOrder([seeds[member]], 100, 8, CPU);
            var epochs = new List<double[]>();
            for (var epoch = 0; epoch < 3; epoch++)
            {
                var seen = new List<double>();
                for (var batch = 0; batch < 12; batch++)
                {
                    using var scope = NewDisposeScope();
                    var expected = HostCopy.Doubles(alone.Next());
                    Assert.Equal(expected, HostCopy.Doubles(own.Next()[member]));
                    seen.AddRange(expected);
                }
                Assert.Equal(96, seen.Distinct().Count());
                Assert.All(seen, index => Assert.InRange(index, 0, 99));
                epochs.Add([.. seen]);
            }
            Assert.NotEqual(epochs[0], epochs[1]);
            Assert.NotEqual(epochs[1], epochs[2]);
        }
    }

    private void AssertSame(ModelSection model, OptimizerSection optimizer)
    {
        using var output = new TemporaryFolder();
        var experiment = StudyRun.Small(images, output.Path) with
        {
            Seeds = new SeedSection { First = 40, Count = 8 },
            Data = new DataSection { Path = images.Real, Batch = 32 },
            Model = model,
            Training = new TrainingSection { Epochs = null, Steps = 100, Optimizer = optimizer },
            Gradients = new GradientSection { Every = 50, Flush = 100 },
        };
        var together = StudyRun.Of(experiment);
        foreach (var member in Chosen)
        {
            var alone = StudyRun.Of(experiment with { Seeds = new SeedSection { First = 40 + member } });
            foreach (var name in new[] { "loss", "gradient_norm" })
            {
                var (expected, found) = (alone.Scalars(0, name), together.Scalars(member, name));
                Assert.Equal(100, expected.Length);
                for (var step = 0; step < 100; step++) Assert.Equal(expected[step], found[step], 1e-4 * expected[step]);
            }
        }
    }

    private static double[] InitialWeights(Experiment experiment)
    {
        using var process = new StudyRun.ProcessSettings();
        using var prepared = PreparedExperiment.Of(experiment);
        return HostCopy.Doubles(prepared.Model.Parameters.Values);
    }
}
