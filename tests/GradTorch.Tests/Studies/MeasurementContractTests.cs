using GradTorch.Configuration;
using GradTorch.Gradients.Measurements;
using GradTorch.Models;
using GradTorch.Studies;
using GradTorch.Tests.Training;

namespace GradTorch.Tests.Studies;

/// <summary>What every measurement of the registry promises, in every kind of model that it is for.</summary>
public sealed class MeasurementContractTests(SmallImages images, MeasurementContractTests.OnceRun runs)
    : IClassFixture<SmallImages>, IClassFixture<MeasurementContractTests.OnceRun>
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var entry in MeasurementRegistry.All)
            {
                foreach (var kind in entry.Models) data.Add(entry.Name, kind);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_changes_no_bit_of_weights_and_of_other_tables(string name, string kind)
    {
        var experiment = Of(name, kind, runs.Output);
        var (with, without) = (runs.Of(experiment), runs.Of(Without(experiment)));
        Assert.Equal(Bits.Of(without.Weights), Bits.Of(with.Weights));
        Assert.Equal(without.Dump(), with.Dump().Where(row => !IsAskedFor(row)));
        Assert.Contains(with.Dump(), IsAskedFor);

        static bool IsAskedFor(string row) =>
            row.StartsWith("layer_measure", StringComparison.Ordinal) || row.StartsWith("gradient_exponent", StringComparison.Ordinal)
            || row.StartsWith("joint_count", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_record_of_every_member_has_all_its_numbers_under_names_that_its_entry_says(string name, string kind)
    {
        var run = runs.Of(Of(name, kind, runs.Output));
        var entry = MeasurementRegistry.Find(name);
        var rows = run.Read(reader => reader.LayerMeasures());
        long[] steps = [.. Enumerable.Range(0, 14).Select(record => 3L * record)];
        Assert.Equal(steps, rows.Select(row => row.Step).Distinct());
        Assert.All(rows.Select(row => row.Name).Distinct(), column => Assert.Contains(column, entry.Tables, StringComparison.Ordinal));
        Assert.Single(rows.GroupBy(row => (row.Step, row.Member)).Select(record => string.Join(' ', record.Select(row => (row.Layer, row.Name)))).Distinct());
        Assert.Equal(14 * 3, rows.GroupBy(row => (row.Step, row.Member)).Count());
        Assert.Equal(entry.Tables.Contains("gradient_exponent", StringComparison.Ordinal), run.Read(reader => reader.GradientExponents()).Length > 0);
        Assert.Equal(entry.Tables.Contains("joint_count", StringComparison.Ordinal), run.Read(reader => reader.JointCounts()).Length > 0);
        // Reading from a step on gives what comes after it.
        Assert.Equal(rows.Where(row => row.Step > 20), run.Read(reader => reader.LayerMeasures(afterStep: 20)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_probe_has_what_the_first_record_of_a_run_has(string name, string kind)
    {
        using var output = new TemporaryFolder();
        var experiment = Of(name, kind, output.Path);
        var run = StudyRun.Of(experiment with { Training = experiment.Training with { Steps = 1 } });
        using var process = new StudyRun.ProcessSettings();
        using var prepared = PreparedExperiment.Of(experiment);
        var probe = ExperimentProbe.Run(prepared);
        Assert.Equal(
            run.Read(reader => reader.LayerMeasures()).Select(row => (row.Member, row.Layer, row.Name, row.Value)),
            probe.SelectMany(member => member.Measures.OrderBy(one => one.Layer).ThenBy(one => one.Name, StringComparer.Ordinal).Select(one => (member.Member, one.Layer, one.Name, one.Value))));
        Assert.Equal(
            run.Read(reader => reader.GradientExponents()).Select(row => (row.Member, row.Layer, row.Exponent, row.Count)),
            probe.SelectMany(member => member.Exponents.Select(one => (member.Member, one.Layer, one.Exponent, one.Count))));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_has_as_many_numbers_as_it_counts_and_leaves_no_tensor_behind(string name, string kind)
    {
        var experiment = Of(name, kind, "unused");
        using var process = new StudyRun.ProcessSettings();
        using var prepared = PreparedExperiment.Of(experiment);
        using (var measurements = new StepMeasurements(prepared.Model, [name]))
        {
            var data = prepared.Data.Shape;
            var shape = ModelShape.Of(experiment.Model, prepared.Model.Timesteps > 0 ? data : data.AsVectors());
            var powers = measurements.Exponents is { } exponents ? exponents.Count * prepared.Model.LayerNames.Count : 0;
            var cells = measurements.Joint is { } joint ? (int)joint.Counts[0].numel() : 0;
            Assert.Equal(measurements.Places.Count + powers + cells, MeasurementRegistry.Find(name).CountNumbers(shape, experiment.Precision));
        }
        ExperimentProbe.Run(prepared);
        var before = LiveTensors.Count();
        ExperimentProbe.Run(prepared);
        Assert.Equal(before, LiveTensors.Count());
    }

    [Fact]
    public void Training_holds_as_many_tensors_at_every_flush()
    {
        using var output = new TemporaryFolder();
        var experiment = Of("exponents", "mlp", output.Path);
        var counts = new List<long>();
        LiveTensors.Count();
        StudyRun.Of(
            experiment with { Gradients = experiment.Gradients with { Measure = [.. Fitting(experiment)] }, Training = experiment.Training with { Steps = 90 } },
            new StudyListener { OnRecorded = _ => counts.Add(TorchSharp.torch.Tensor.TotalCount) });
        Assert.Single(counts.Distinct());
    }

    /// <summary>Together they are what they are alone, and a member stops in them as in every other table.</summary>
    [Fact]
    public void All_together_are_what_each_is_alone()
    {
        using var output = new TemporaryFolder();
        var experiment = Of("exponents", "residual", output.Path);
        string[] names = [.. Fitting(experiment)];
        var together = StudyRun.Of(experiment with { Gradients = experiment.Gradients with { Measure = [.. names] } });
        var alone = names.SelectMany(name => StudyRun.Of(experiment with { Gradients = experiment.Gradients with { Measure = [name] } }).Read(reader => reader.LayerMeasures()));
        Assert.Equal(
            alone.OrderBy(row => (row.Step, row.Member, row.Layer)).ThenBy(row => row.Name, StringComparer.Ordinal), together.Read(reader => reader.LayerMeasures()));
    }

    [Fact]
    public void A_member_that_diverged_has_no_row_after_that_step()
    {
        using var output = new TemporaryFolder();
        var experiment = Of("exponents", "mlp", output.Path);
        var run = StudyRun.Of(
            experiment with { Model = experiment.Model with { Norm = "none", Dropout = 0 } },
            before: prepared =>
            {
                using var off = TorchSharp.torch.no_grad();
                prepared.Model.Layers[1].Linear.Weight[1].mul_(1e38);
            });
        var diverged = Assert.Single(run.Outcome.Divergences);
        Assert.Equal(1, diverged.Member);
        Assert.Equal(diverged.Step, run.Read(reader => reader.LayerMeasures()).Where(row => row.Member == 1).Max(row => row.Step));
        Assert.Equal(39, run.Read(reader => reader.LayerMeasures()).Max(row => row.Step));
    }

    /// <summary>In float16 the loss is scaled by 65536: what is measured is of the mean loss, but for exponents, which are of what is computed.
    /// </summary>
    [Theory]
    [InlineData(Precision.Float16)]
    [InlineData(Precision.Bfloat16)]
    public void Layers_in_narrow_precision_are_measured_as_in_float32(Precision precision)
    {
        using var output = new TemporaryFolder();
        var experiment = Of("skip", "residual", output.Path);
        experiment = experiment with
        {
            Model = experiment.Model with { Norm = "none", Dropout = 0 },
            Gradients = experiment.Gradients with { Measure = ["skip", "compare-exact", "singular-values", "exponents"] },
        };
        var narrow = StudyRun.Of(experiment with { Precision = precision });
        Assert.Equal(Bits.Of(StudyRun.Of(Without(experiment) with { Precision = precision }).Weights), Bits.Of(narrow.Weights));
        Dictionary<(int, int, string), double> First(StudyRun run) => run.Read(reader => reader.LayerMeasures()).Where(row => row.Step == 0)
            .ToDictionary(row => (row.Member, row.Layer, row.Name), row => row.Value);
        var (found, expected) = (First(narrow), First(StudyRun.Of(experiment)));
        // The first gradients of a loss that is scaled overflow on their way to the weights; that update is left out.
        string[] others = precision == Precision.Float16 ? ["delta", "exact"] : ["delta"];
        Assert.All(
            expected.Where(one => !others.Any(other => one.Key.Item3.StartsWith(other, StringComparison.Ordinal))),
            one => Assert.InRange(found[one.Key], one.Value - 0.05 * Math.Abs(one.Value), one.Value + 0.05 * Math.Abs(one.Value)));
        Assert.All(
            narrow.Read(reader => reader.LayerMeasures()).Where(row => row.Step == 39 && row.Name == ExactComparison.Cosine),
            row => Assert.InRange(row.Value, 0.5, 1 + 1e-12));
        long Most(StudyRun run) => run.Read(reader => reader.GradientExponents()).Where(row => row.Step == 0).Max(row => row.Exponent);
        Assert.Equal(precision == Precision.Float16 ? 5 : 0, Most(narrow) - Most(StudyRun.Of(experiment)), 1.0);
    }

    private static IEnumerable<string> Fitting(Experiment experiment) =>
        MeasurementRegistry.All.Where(entry => entry.Unfit(experiment.Model) is null).Select(entry => entry.Name);

    private static Experiment Without(Experiment experiment) => experiment with { Gradients = experiment.Gradients with { Measure = [] } };

    /// <summary>With all that a model of the kind can have, recording every third step.</summary>
    private Experiment Of(string name, string kind, string output)
    {
        var isRecurrent = ModelRegistry.Find(kind).TakesSequences;
        var experiment = isRecurrent ? StudyRun.Rows(images, output, kind) : StudyRun.Small(images, output);
        if (!isRecurrent) experiment = experiment with { Model = experiment.Model with { Kind = kind, Norm = "batch", Dropout = 0.2 } };
        if (kind is not ("gru" or "lstm"))
        {
            var forward = MeasurementRegistry.Find(name).Activation ?? "relu";
            experiment = experiment with { Model = experiment.Model with { Activation = new ActivationSection { Forward = forward, Backward = "sigmoid-function" } } };
        }
        return experiment with { Gradients = new GradientSection { Every = 3, Flush = 7, Measure = [name] } };
    }

    /// <summary>Runs that several tests look at.</summary>
    public sealed class OnceRun : IDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private readonly Dictionary<string, StudyRun> _runs = [];

        public string Output => _folder.Path;

        internal StudyRun Of(Experiment experiment)
        {
            var key = ExperimentWriter.ToJson(experiment);
            return _runs.TryGetValue(key, out var run) ? run : _runs[key] = StudyRun.Of(experiment);
        }

        public void Dispose() => _folder.Dispose();
    }
}
