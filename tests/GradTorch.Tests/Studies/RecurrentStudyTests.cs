using GradTorch.Configuration;
using GradTorch.Tests.Models.Recurrent;
using GradTorch.Tests.Training;

namespace GradTorch.Tests.Studies;

/// <summary>What every experiment promises, on the adding problem with sequences of unequal length and truncation.</summary>
public sealed class RecurrentStudyTests
{
    private const int Members = 3, Steps = 20;

    [Theory]
    [MemberData(nameof(RecurrentCase.TheoryNames), MemberType = typeof(RecurrentCase))]
    public void A_member_alone_loses_what_it_loses_among_others(string name)
    {
        using var output = new TemporaryFolder();
        var experiment = Adding(name, output.Path, every: 0);
        var together = StudyRun.Of(experiment);
        for (var member = 0; member < Members; member++)
        {
            var alone = StudyRun.Of(experiment with { Seeds = new SeedSection { First = 40 + member } });
            foreach (var figure in new[] { "loss", "gradient_norm" })
            {
                var (expected, found) = (alone.Scalars(0, figure), together.Scalars(member, figure));
                Assert.Equal(Steps, expected.Length);
                Arrays.AssertClose(expected, found, relative: 1e-4);
            }
        }
    }

    [Theory]
    [MemberData(nameof(RecurrentCase.TheoryNames), MemberType = typeof(RecurrentCase))]
    public void Recording_does_not_change_a_bit_of_the_weights(string name)
    {
        using var output = new TemporaryFolder();
        var runs = new[] { 0, 1, 7 }.Select(every => StudyRun.Of(Adding(name, output.Path, every))).ToArray();
        int[] timesteps = [.. runs.Select(run => run.Read(reader => reader.TimestepGradients()).Length)];
        // 2 layers and ⌊1.1 · 10⌋ timesteps.
        Assert.Equal([0, Steps * Members * 2 * 11, 3 * Members * 2 * 11], timesteps);
        Assert.Equal(Bits.Of(runs[0].Weights), Bits.Of(runs[1].Weights));
        Assert.Equal(Bits.Of(runs[0].Weights), Bits.Of(runs[2].Weights));
    }

    [Theory]
    [MemberData(nameof(RecurrentCase.TheoryNames), MemberType = typeof(RecurrentCase))]
    public void The_same_experiment_twice_fills_its_database_with_the_same_bits(string name)
    {
        using var output = new TemporaryFolder();
        var experiment = Adding(name, output.Path, every: 1);
        var (first, second) = (StudyRun.Of(experiment), StudyRun.Of(experiment));
        Assert.Equal(first.Dump(), second.Dump());
        Assert.Equal(Bits.Of(first.Weights), Bits.Of(second.Weights));
    }

    private static Experiment Adding(string name, string output, int every) => new()
    {
        Name = "adding",
        Device = "cpu",
        Output = output,
        Seeds = new SeedSection { First = 40, Count = Members },
        Data = new DataSection { Source = "adding", Length = 10, VariableLength = true, Train = 96, Test = 32, Batch = 16 },
        Model = new RecurrentCase(name, Truncate: 4).Shape.Section,
        Training = new TrainingSection
        {
            Epochs = null, Steps = Steps, Optimizer = new OptimizerSection { Lr = 0.005, Momentum = 0.9 },
            Regulariser = new RecurrentCase(name).Regulariser,
        },
        Gradients = new GradientSection { Every = every, Flush = 6 },
    };
}
