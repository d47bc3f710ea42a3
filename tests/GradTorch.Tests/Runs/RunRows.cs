using GradTorch.Quantities;
using GradTorch.Runs;

namespace GradTorch.Tests.Runs;

/// <summary>What tests write into a run database.</summary>
internal static class RunRows
{
    public const int Members = 2;

    public static readonly string[] Layers = ["hidden1", "hidden2", "hidden3"];

    /// <summary>Writes a scalar of each member and a layer block for one step, in one batch.</summary>
    public static void WriteStep(RunDatabase database, long step)
    {
        using var batch = database.BeginBatch();
        batch.AddScalars([step], ToTheEnd(Members), ["loss"], [1.0 / (step + 1), double.NaN]);
        batch.AddLayerGradients([step], ToTheEnd(Members), Layers, Block(records: 1));
        batch.Commit();
    }

    /// <summary>Every layer, member and quantity of some records.</summary>
    public static double[] Block(int records)
    {
        var block = new List<double>();
        for (var record = 0; record < records; record++)
        {
            for (var member = 0; member < Members; member++)
            {
                for (var layer = 0; layer < Layers.Length; layer++)
                {
                    block.AddRange(Enumerable.Range(0, LayerQuantities.Count).Select(q => Cell(record, member, layer, q)));
                }
            }
        }

        return [.. block];
    }

    /// <summary>A number that says its own place.</summary>
    public static double Cell(int record, int member, int layer, int quantity) =>
        100_000 + 10_000 * record + 1_000 * member + 100 * layer + quantity;

    /// <summary>Last steps of members that never stop.</summary>
    public static long[] ToTheEnd(int members) => [.. Enumerable.Repeat(long.MaxValue, members)];
}
