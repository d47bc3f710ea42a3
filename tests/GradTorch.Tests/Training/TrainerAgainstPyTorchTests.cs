using System.Text.Json;
using GradTorch.Backends;
using GradTorch.Data;
using GradTorch.Gradients;
using GradTorch.Tests.Configuration;
using GradTorch.Training;
using static TorchSharp.torch;

namespace GradTorch.Tests.Training;

/// <summary>The trainer against trainings by torch.optim, each member alone: tests/Fixtures/training.py.</summary>
public sealed class TrainerAgainstPyTorchTests
{
    private static readonly JsonElement Fixture = JsonDocument.Parse(
        File.ReadAllBytes(Path.Combine(ConfigsFolder.Path, "..", "tests", "Fixtures", "training.json"))).RootElement;

    public static TheoryData<string, string, string> Runs
    {
        get
        {
            var runs = new TheoryData<string, string, string>();
            foreach (var run in Fixture.GetProperty("runs").EnumerateArray())
                runs.Add(Text(run, "optimizer"), Text(run, "activation"), Text(run, "precision"));
            return runs;
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Every_step_of_every_member_is_that_of_torch_optim(string optimizer, string activation, string precision)
    {
        var tolerance = precision == "float64" ? 1e-9 : 1e-4;
        using var problem = Problem(activation, precision == "float64" ? float64 : float32);
        var rates = Doubles(Fixture.GetProperty("rates"));
        var log = new TrainingLog();
        using var optimiser = Create(optimizer, problem);
        problem.Train(optimiser, rates, new TrainingPlan(50, 50, RecordEvery: 7, Flush: 13), log);

        var expected = Fixture.GetProperty("runs").EnumerateArray().Single(run =>
            (Text(run, "optimizer"), Text(run, "activation"), Text(run, "precision")) == (optimizer, activation, precision))
            .GetProperty("members");
        for (var member = 0; member < rates.Length; member++)
        {
            var trained = expected[member];
            AssertClose(Doubles(trained.GetProperty("losses")), log.Scalars(member, "loss", 2), tolerance);
            AssertClose(Doubles(trained.GetProperty("accuracies")), log.Scalars(member, "accuracy", 2), 1e-7);
            AssertClose(Doubles(trained.GetProperty("gradientNorms")), log.Scalars(member, "gradient_norm", 2), 10 * tolerance);
            AssertClose(Doubles(trained.GetProperty("final")), problem.Weights(member), 10 * tolerance);
            Assert.All(log.Scalars(member, "learning_rate", 2), rate => Assert.Equal(rates[member], rate));
        }
    }

    [Fact]
    public void The_order_of_the_data_is_randperm_of_the_members_own_stream()
    {
        using var problem = Problem("tanh", float32);
        var batches = Fixture.GetProperty("batches");
        for (var step = 0; step < batches[0].GetArrayLength(); step++)
        {
            using var indices = problem.Order.Next();
            Assert.Equal([.. Doubles(batches[0][step]), .. Doubles(batches[1][step])], HostCopy.Doubles(indices));
        }
    }

    private static TrainingProblem Problem(string activation, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var rows = Fixture.GetProperty("inputs");
        var inputs = tensor([.. rows.EnumerateArray().SelectMany(Doubles)], [rows.GetArrayLength(), rows[0].GetArrayLength()], dtype);
        var labels = tensor(Doubles(Fixture.GetProperty("labels"))).to(int64);
        var standardiser = new Standardiser([1.0], [0.0], dtype, CPU);
        var shape = new DataShape(
            inputs.shape[0], inputs.shape[0], 0, inputs.shape[1], Fixture.GetProperty("classes").GetInt32(), TargetKind.Class);
        var data = new DataSet(
            new StoredExamples(inputs, labels, standardiser), new StoredExamples(inputs.clone(), labels.clone(), standardiser),
            shape, "none", "training.json", standardiser);
        MemberSeed[] seeds = [.. Doubles(Fixture.GetProperty("seeds")).Select(seed => new MemberSeed((long)seed))];
        var problem = new TrainingProblem(
            data, seeds, Fixture.GetProperty("depth").GetInt32(), Fixture.GetProperty("width").GetInt32(), activation,
            Fixture.GetProperty("batch").GetInt32(), dtype);
        var initial = Fixture.GetProperty("initial");
        for (var member = 0; member < seeds.Length; member++)
            problem.Model.Parameters.Values[member].copy_(tensor(Doubles(initial[member])));
        return problem;
    }

    private static Optimizer Create(string name, TrainingProblem problem)
    {
        var (parameters, backend) = (problem.Model.Parameters, TorchBackend.Current);
        return name switch
        {
            "sgd" => new SgdOptimizer(parameters, backend, momentum: 0, nesterov: false, weightDecay: 0),
            "sgd momentum" => new SgdOptimizer(parameters, backend, momentum: 0.9, nesterov: false, weightDecay: 1e-3),
            "sgd nesterov" => new SgdOptimizer(parameters, backend, momentum: 0.8, nesterov: true, weightDecay: 0),
            _ => new AdamOptimizer(parameters, backend, beta1: 0.8, beta2: 0.99, epsilon: 1e-6, weightDecay: 1e-2),
        };
    }

    private static string Text(JsonElement run, string name) => run.GetProperty(name).GetString()!;

    private static double[] Doubles(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetDouble())];

    /// <summary>Relative to the number, or absolute below 0.1.</summary>
    private static void AssertClose(double[] expected, double[] found, double tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(
                Math.Abs(expected[i] - found[i]) <= tolerance * Math.Max(Math.Abs(expected[i]), 0.1),
                FormattableString.Invariant($"at {i}: expected {expected[i]:R}, found {found[i]:R}"));
    }
}
