using GradTorch.Quantities;
using GradTorch.Runs;
using GradTorch.Tests.Runs;

namespace GradTorch.Tests.Exports;

/// <summary>A run directory with rows in every table of its database, difficult ones among them, and more scalars than are in memory at
/// a time.</summary>
internal sealed class FullDatabase : IDisposable
{
    public const int ScalarSteps = 70_000;

    private static readonly double[] Difficult = [.. RunDatabaseNumberTests.DifficultNumbers.Cast<object[]>().Select(row => (double)row[0])];

    private readonly TemporaryFolder _folder = new();

    public FullDatabase()
    {
        Directory = RunDirectory.Create(_folder.Path, "full");
        using var database = RunDatabase.Create(Directory.DatabaseFile);
        using var batch = database.BeginBatch();
        batch.SetMember(new MemberRow(0, long.MaxValue, 0.001, 1.5, null, 0.5, 0.1, Status: MemberStatus.Finished));
        batch.SetMember(new MemberRow(1, 1, 0.1, null, 2, null, null, Status: MemberStatus.Diverged, DivergedStep: 5, DivergedLayer: 2));
        long[] members = RunRows.ToTheEnd(2);
        batch.AddScalars(
            [.. Enumerable.Range(0, ScalarSteps).Select(step => (long)step)], members, ["loss"],
            [.. Enumerable.Range(0, 2 * ScalarSteps).Select(place => place % 50 < Difficult.Length ? Difficult[place % 50] : 1.0 / place)]);
        batch.AddLayerGradients([0, 10], members, ["hidden1", "a, \"b\"\r\nc", ""], Numbers(2 * 2 * 3 * LayerQuantities.Count, LayerQuantities.Count, (int)LayerQuantity.Nonfinite));
        batch.AddTimestepGradients([0, 10], members, 1, 7, Numbers(2 * 2 * 7 * TimestepQuantities.Count, TimestepQuantities.Count, (int)TimestepQuantity.Nonfinite));
        batch.AddLayerMeasures([0], members, [new(0, "total"), new(1, "dead")], [double.NaN, -0.0, double.NegativeInfinity, 0.1]);
        batch.AddGradientExponents([0], members, layers: 1, first: -3, [0, 2, 3, 1]);
        var joint = new double[2 * JointGrid.All.Count * JointGrid.Cells];
        (joint[3], joint[^1]) = (5, 1e15);
        batch.AddJointCounts([0], members, layers: 1, joint);
        batch.AddEvaluations(0, members, "test", [0.25, double.PositiveInfinity], [0.5, double.NaN]);
        batch.AddEvaluations(10, members, "test", [double.NaN, 0.25], null);
        batch.Commit();
    }

    public RunDirectory Directory { get; }

    /// <summary>What <see cref="RunDatabaseReader"/> reads of each table, in the order of the columns.</summary>
    public static IReadOnlyDictionary<string, Func<RunDatabaseReader, IEnumerable<object?[]>>> Tables { get; } =
        new Dictionary<string, Func<RunDatabaseReader, IEnumerable<object?[]>>>
        {
            ["member"] = reader => reader.Members().Select(row => (object?[])
            [
                row.Member, row.Seed, row.LearningRate, row.Gain, row.WeightVariance, row.BiasVariance, row.Slope, row.BackwardScale, row.ClipThreshold,
                row.RecurrentGain, row.RecurrentWeightVariance, row.Status.ToString().ToLowerInvariant(), row.DivergedStep, row.DivergedLayer, row.DivergedTimestep,
            ]),
            ["scalar"] = reader => reader.Scalars().Select(row => (object?[])[row.Step, row.Member, row.Name, row.Value]),
            ["layer_gradient"] = reader => reader.LayerGradients().Select(row => (object?[])
                [row.Step, row.Member, row.Layer, row.LayerName, .. Cells(row.Quantities, (int)LayerQuantity.Nonfinite)]),
            ["timestep_gradient"] = reader => reader.TimestepGradients().Select(row => (object?[])
                [row.Step, row.Member, row.Layer, row.Timestep, .. Cells(row.Quantities, (int)TimestepQuantity.Nonfinite)]),
            ["layer_measure"] = reader => reader.LayerMeasures().Select(row => (object?[])[row.Step, row.Member, row.Layer, row.Name, row.Value]),
            ["gradient_exponent"] = reader => reader.GradientExponents().Select(row => (object?[])[row.Step, row.Member, row.Layer, row.Exponent, row.Count]),
            ["joint_count"] = reader => reader.JointCounts().Select(row => (object?[])[row.Step, row.Member, row.Layer, row.Pair, row.X, row.Gradient, row.Count]),
            ["evaluation"] = reader => reader.Evaluations().Select(row => (object?[])[row.Step, row.Member, row.Split, row.Loss, row.Accuracy]),
        };

    public string File(params ReadOnlySpan<string> names) => _folder.File(names);

    public void Dispose() => _folder.Dispose();

    private static double[] Numbers(int count, int perRow, int wholeAt) =>
        [.. Enumerable.Range(0, count).Select(place => place % perRow == wholeAt ? place : Difficult[place % Difficult.Length])];

    /// <summary>Counts are integers in the file.</summary>
    private static IEnumerable<object> Cells(IReadOnlyList<double> quantities, int wholeAt) =>
        quantities.Select((number, place) => place == wholeAt ? (object)(long)number : number);
}
