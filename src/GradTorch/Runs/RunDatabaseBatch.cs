using System.Text;
using GradTorch.Quantities;
using Microsoft.Data.Sqlite;

namespace GradTorch.Runs;

/// <summary>
/// What is written to run.db at once, usually all that a flush of the recorder brought. Without <see cref="Commit"/>
/// nothing of it is kept. A row that is there already is an error (SqliteException).
/// </summary>
public sealed class RunDatabaseBatch : IDisposable
{
    private readonly RunDatabase database;
    private readonly SqliteTransaction transaction;

    internal RunDatabaseBatch(RunDatabase database, SqliteTransaction transaction)
    {
        this.database = database;
        this.transaction = transaction;
    }

    /// <summary>Adds a member, or replaces what is known of it.</summary>
    public void SetMember(MemberRow row)
    {
        using var command = transaction.Connection!.CreateCommand();
        var columns = RunDatabaseSchema.MemberColumns;
        var places = string.Join(", ", columns.Select(column => "$" + column));
        command.CommandText = $"INSERT OR REPLACE INTO member ({RunDatabaseSchema.List(columns)}) VALUES ({places})";
        object?[] values =
        [
            row.Member, row.Seed, .. MemberSetting.All.Select(setting => (object?)setting.Value(row)), MemberStatusText.Of(row.Status),
            row.DivergedStep, row.DivergedLayer, row.DivergedTimestep,
        ];
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue("$" + columns[i], values[i] ?? DBNull.Value);
        }

        command.ExecuteNonQuery();
    }

    /// <summary>Adds scalars of all members at several steps.</summary>
    /// <param name="steps">The step of each record.</param>
    /// <param name="lastSteps">The last step that is wanted of each member: nothing comes after it.</param>
    /// <param name="names">What the numbers are, such as loss.</param>
    /// <param name="block">Records × members × names.</param>
    public void AddScalars(
        ReadOnlySpan<long> steps, ReadOnlySpan<long> lastSteps, IReadOnlyList<string> names, ReadOnlySpan<double> block)
    {
        RequireSize(block.Length, [steps.Length, lastSteps.Length, names.Count], "records × members × names");
        var insert = database.Scalar;
        var utf8Names = Utf8(names);
        var at = 0;
        foreach (var step in steps)
        {
            insert.Set(1, step);
            for (var member = 0; member < lastSteps.Length; member++)
            {
                insert.Set(2, member);
                if (step > lastSteps[member])
                {
                    at += utf8Names.Length;
                    continue;
                }

                foreach (var name in utf8Names)
                {
                    insert.Set(3, name);
                    insert.Set(4, block[at++]);
                    insert.Execute();
                }
            }
        }
    }

    /// <summary>Adds a recorded block of layer quantities.</summary>
    /// <param name="steps">The step of each record.</param>
    /// <param name="lastSteps">The last step that is wanted of each member: nothing comes after it.</param>
    /// <param name="layerNames">The name of each layer, the first hidden one being layer 1.</param>
    /// <param name="block">Records × members × layers × <see cref="LayerQuantities.All"/>.</param>
    /// <exception cref="ArgumentException">
    /// The block has another size, or a <see cref="LayerQuantity.Nonfinite"/> is not a whole number.
    /// </exception>
    public void AddLayerGradients(
        ReadOnlySpan<long> steps, ReadOnlySpan<long> lastSteps, IReadOnlyList<string> layerNames,
        ReadOnlySpan<double> block)
    {
        RequireSize(
            block.Length,
            [steps.Length, lastSteps.Length, layerNames.Count, LayerQuantities.Count],
            "records × members × layers × quantities");
        var insert = database.LayerGradient;
        var utf8Names = Utf8(layerNames);
        var at = 0;
        foreach (var step in steps)
        {
            insert.Set(1, step);
            for (var member = 0; member < lastSteps.Length; member++)
            {
                insert.Set(2, member);
                if (step > lastSteps[member])
                {
                    at += utf8Names.Length * LayerQuantities.Count;
                    continue;
                }

                for (var layer = 0; layer < utf8Names.Length; layer++)
                {
                    insert.Set(3, layer + 1);
                    insert.Set(4, utf8Names[layer]);
                    AddQuantities(insert, block.Slice(at, LayerQuantities.Count));
                    at += LayerQuantities.Count;
                }
            }
        }
    }

    /// <summary>Adds a recorded block of what recurrent layers had at each timestep.</summary>
    /// <param name="steps">The step of each record.</param>
    /// <param name="lastSteps">The last step that is wanted of each member: nothing comes after it.</param>
    /// <param name="layers">Recurrent layers: layers 1 to this of the network.</param>
    /// <param name="timesteps">T, counted from 1 in the table.</param>
    /// <param name="block">Records × members × layers × timesteps × <see cref="TimestepQuantities.All"/>.</param>
    /// <exception cref="ArgumentException">The block has another size, or a count is not a whole number.</exception>
    public void AddTimestepGradients(
        ReadOnlySpan<long> steps, ReadOnlySpan<long> lastSteps, int layers, int timesteps, ReadOnlySpan<double> block)
    {
        RequireSize(
            block.Length, [steps.Length, lastSteps.Length, layers, timesteps, TimestepQuantities.Count],
            "records × members × layers × timesteps × quantities");
        var insert = database.TimestepBlock;
        for (var record = 0; record < steps.Length; record++)
        {
            insert.Set(1, steps[record]);
            for (var member = 0; member < lastSteps.Length; member++)
            {
                if (steps[record] > lastSteps[member]) continue;
                insert.Set(2, member);
                for (var layer = 0; layer < layers; layer++)
                {
                    insert.Set(3, layer + 1);
                    var at = ((record * lastSteps.Length + member) * layers + layer) * timesteps * TimestepQuantities.Count;
                    TimestepBlockTable.Write(insert, block.Slice(at, timesteps * TimestepQuantities.Count));
                }
            }
        }
    }

    /// <summary>Adds numbers that were asked for.</summary>
    /// <param name="steps">The step of each record.</param>
    /// <param name="lastSteps">The last step that is wanted of each member: nothing comes after it.</param>
    /// <param name="places">What the numbers are of.</param>
    /// <param name="block">Records × members × places.</param>
    public void AddLayerMeasures(
        ReadOnlySpan<long> steps, ReadOnlySpan<long> lastSteps, IReadOnlyList<LayerMeasurePlace> places, ReadOnlySpan<double> block)
    {
        RequireSize(block.Length, [steps.Length, lastSteps.Length, places.Count], "records × members × places");
        var insert = database.LayerMeasure;
        var utf8Names = Utf8([.. places.Select(place => place.Name)]);
        for (var record = 0; record < steps.Length; record++)
        {
            insert.Set(1, steps[record]);
            for (var member = 0; member < lastSteps.Length; member++)
            {
                if (steps[record] > lastSteps[member]) continue;
                insert.Set(2, member);
                var values = block.Slice((record * lastSteps.Length + member) * places.Count, places.Count);
                for (var place = 0; place < places.Count; place++)
                {
                    insert.Set(3, places[place].Layer);
                    insert.Set(4, utf8Names[place]);
                    insert.Set(5, values[place]);
                    insert.Execute();
                }
            }
        }
    }

    /// <summary>Adds how many elements of a gradient lie in each power of ten; where none lies there is no row.</summary>
    /// <param name="steps">The step of each record.</param>
    /// <param name="lastSteps">The last step that is wanted of each member: nothing comes after it.</param>
    /// <param name="layers">Layers 1 to this.</param>
    /// <param name="first">The smallest power of ten.</param>
    /// <param name="block">Records × members × layers × powers of ten.</param>
    public void AddGradientExponents(
        ReadOnlySpan<long> steps, ReadOnlySpan<long> lastSteps, int layers, int first, ReadOnlySpan<double> block)
    {
        var insert = database.GradientExponent;
        var powers = block.Length / Math.Max(1, steps.Length * lastSteps.Length * layers);
        RequireSize(block.Length, [steps.Length, lastSteps.Length, layers, powers], "records × members × layers × powers of ten");
        for (var at = 0; at < block.Length; at++)
        {
            var row = at / powers;
            var (record, member) = (row / layers / lastSteps.Length, row / layers % lastSteps.Length);
            if (block[at] == 0 || steps[record] > lastSteps[member]) continue;
            insert.Set(1, steps[record]);
            insert.Set(2, member);
            insert.Set(3, row % layers + 1);
            insert.Set(4, first + at % powers);
            insert.SetCount(5, block[at]);
            insert.Execute();
        }
    }

    /// <summary>Adds how many elements lie in each cell of the joint histograms; where none lies there is no row.</summary>
    /// <param name="steps">The step of each record.</param>
    /// <param name="lastSteps">The last step that is wanted of each member: nothing comes after it.</param>
    /// <param name="layers">Layers 1 to this.</param>
    /// <param name="block">Records × members × layers × <see cref="JointGrid.All"/> × <see cref="JointGrid.Cells"/>.</param>
    public void AddJointCounts(ReadOnlySpan<long> steps, ReadOnlySpan<long> lastSteps, int layers, ReadOnlySpan<double> block)
    {
        RequireSize(
            block.Length, [steps.Length, lastSteps.Length, layers, JointGrid.All.Count, JointGrid.Cells], "records × members × layers × pairs × cells");
        var insert = database.JointCount;
        var pairs = Utf8([.. JointGrid.All.Select(grid => grid.Name)]);
        for (var at = 0; at < block.Length; at++)
        {
            if (block[at] == 0) continue;
            var (row, cell) = Math.DivRem(at, JointGrid.Cells);
            var (place, layer) = (row / pairs.Length / layers, row / pairs.Length % layers);
            var (record, member) = Math.DivRem(place, lastSteps.Length);
            if (steps[record] > lastSteps[member]) continue;
            insert.Set(1, steps[record]);
            insert.Set(2, member);
            insert.Set(3, layer + 1);
            insert.Set(4, pairs[row % pairs.Length]);
            insert.Set(5, cell / JointGrid.CountGradients);
            insert.Set(6, cell % JointGrid.CountGradients);
            insert.SetCount(7, block[at]);
            insert.Execute();
        }
    }

    /// <summary>Adds an evaluation of all members.</summary>
    /// <param name="step">After how many steps.</param>
    /// <param name="lastSteps">The last step that is wanted of each member: nothing comes after it.</param>
    /// <param name="split">Such as test.</param>
    /// <param name="losses">The mean loss of each member.</param>
    /// <param name="accuracies">The accuracy of each member, 0 to 1; null where there is no right and wrong.</param>
    public void AddEvaluations(
        long step, ReadOnlySpan<long> lastSteps, string split, ReadOnlySpan<double> losses, double[]? accuracies)
    {
        RequireSize(losses.Length, [lastSteps.Length], "members");
        if (accuracies is not null) RequireSize(accuracies.Length, [lastSteps.Length], "members");
        var insert = database.Evaluation;
        insert.Set(1, step);
        insert.Set(3, Encoding.UTF8.GetBytes(split));
        for (var member = 0; member < losses.Length; member++)
        {
            if (step > lastSteps[member])
            {
                continue;
            }

            insert.Set(2, member);
            insert.Set(4, losses[member]);
            if (accuracies is null) insert.SetNull(5);
            else insert.Set(5, accuracies[member]);
            insert.Execute();
        }
    }

    public void Commit() => transaction.Commit();

    public void Dispose() => transaction.Dispose();

    private static void AddQuantities(InsertStatement insert, ReadOnlySpan<double> quantities)
    {
        const int FirstColumn = 5;
        for (var i = 0; i < quantities.Length; i++)
        {
            if (i == (int)LayerQuantity.Nonfinite) insert.SetCount(FirstColumn + i, quantities[i]);
            else insert.Set(FirstColumn + i, quantities[i]);
        }

        insert.Execute();
    }

    private static byte[][] Utf8(IReadOnlyList<string> names) => [.. names.Select(Encoding.UTF8.GetBytes)];

    private static void RequireSize(int found, ReadOnlySpan<int> shape, string dimensions)
    {
        var expected = 1L;
        foreach (var size in shape)
        {
            expected *= size;
        }

        if (found != expected)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The block holds {found} numbers; {dimensions} = {string.Join(" × ", shape.ToArray())} needs {expected}."));
        }
    }
}
