using System.Globalization;
using GradTorch.Backends;
using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Runs;
using GradTorch.Studies;
using GradTorch.Training;
using Microsoft.Data.Sqlite;
using static TorchSharp.torch;

namespace GradTorch.Tests.Studies;

/// <summary>An experiment that was run, and what is left of it.</summary>
/// <param name="Weights">All parameters of all members at the end, member after member.</param>
internal sealed record StudyRun(RunOutcome Outcome, double[] Weights)
{
    public RunDirectory Directory => Outcome.Directory;

    /// <summary>A small experiment on made images: three members, four hidden layers.</summary>
    public static Experiment Small(SmallImages images, string output) => new()
    {
        Name = "small",
        Device = "cpu",
        Output = output,
        Seeds = new SeedSection { First = 5, Count = 3 },
        Data = new DataSection { Path = images.Made, Batch = 32 },
        Model = new ModelSection { Depth = 4, Width = 16 },
        Training = new TrainingSection
        {
            Epochs = null, Steps = 40, EvaluateEvery = 15, Optimizer = new OptimizerSection { Lr = 0.05, Momentum = 0.9 },
        },
        Gradients = new GradientSection { Every = 1, Flush = 7 },
    };

    /// <summary>The same with two recurrent layers, on sequences of 8 rows.</summary>
    public static Experiment Rows(SmallImages images, string output, string kind)
    {
        var small = Small(images, output);
        return small with
        {
            Data = small.Data with { Form = ImageForm.Rows },
            Model = new ModelSection { Kind = kind, Depth = 2, Width = 16 },
        };
    }

    /// <summary>Runs it as the command line would.</summary>
    /// <param name="before">What to do to the members before they train.</param>
    public static StudyRun Of(
        Experiment experiment, IRunListener? listener = null, Action<PreparedExperiment>? before = null,
        CancellationToken cancellation = default)
    {
        using var process = new ProcessSettings();
        using var prepared = PreparedExperiment.Of(experiment);
        before?.Invoke(prepared);
        var outcome = ExperimentRunner.Run(prepared, listener ?? new StudyListener(), cancellation);
        return new StudyRun(outcome, HostCopy.Doubles(prepared.Model.Parameters.Values));
    }

    /// <summary>Reads a table of the database.</summary>
    public T[] Read<T>(Func<RunDatabaseReader, IEnumerable<T>> table)
    {
        using var reader = RunDatabaseReader.Open(Directory.DatabaseFile);
        return [.. table(reader)];
    }

    /// <summary>One scalar of one member, step by step.</summary>
    public double[] Scalars(int member, string name) =>
        [.. Read(reader => reader.Scalars()).Where(row => row.Member == member && row.Name == name).Select(row => row.Value)];

    /// <summary>Every row of every table as text, numbers with all their bits.</summary>
    public string[] Dump() => DumpOf(Directory);

    /// <inheritdoc cref="Dump"/>
    public static string[] DumpOf(RunDirectory directory)
    {
        using var connection = new SqliteConnection($"Data Source={directory.DatabaseFile};Mode=ReadOnly;Pooling=False");
        connection.Open();
        var tables = Rows(connection, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").ToArray();
        Assert.Equal(["evaluation", "gradient_exponent", "joint_count", "layer_gradient", "layer_measure", "member", "scalar", "timestep_gradient"], tables);
        return
        [
            .. tables.SelectMany(table => Rows(connection, $"SELECT * FROM {table} ORDER BY 1, 2, 3, 4").Select(row => $"{table}: {row}")),
        ];
    }

    private static IEnumerable<string> Rows(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return string.Join(" ", Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetValue(column) switch
            {
                double number => BitConverter.DoubleToInt64Bits(number).ToString("x16", CultureInfo.InvariantCulture),
                var other => Convert.ToString(other, CultureInfo.InvariantCulture)!,
            }));
        }
    }

    /// <summary>What an experiment sets for the whole process, as it was before.</summary>
    internal sealed class ProcessSettings : IDisposable
    {
        private readonly int _threads = get_num_threads();

        public void Dispose()
        {
            TorchBackend.Current.FlushDenormals(false);
            set_num_threads(_threads);
        }
    }
}

/// <summary>Listens to a run and does nothing, or what a test gives it to do.</summary>
internal sealed class StudyListener : IRunListener
{
    public Action<RunOverview> OnStarted { get; init; } = _ => { };

    public Action<TrainingRecord> OnRecorded { get; init; } = _ => { };

    public Action<Evaluation> OnEvaluated { get; init; } = _ => { };

    public Action<Divergence> OnDiverged { get; init; } = _ => { };

    public Action<RunOutcome> OnEnded { get; init; } = _ => { };

    public void Started(RunOverview overview) => OnStarted(overview);

    public void Recorded(TrainingRecord record) => OnRecorded(record);

    public void Evaluated(Evaluation evaluation) => OnEvaluated(evaluation);

    public void Diverged(Divergence divergence) => OnDiverged(divergence);

    public void Ended(RunOutcome outcome) => OnEnded(outcome);
}
