using GradTorch.Quantities;
using Microsoft.Data.Sqlite;

namespace GradTorch.Runs;

/// <summary>
/// Table timestep_block, which holds what timestep_gradient shows: 16 timesteps in a row. SQLite takes about as long for a row and its key as for
/// twenty values, so that rows of one timestep each took it three times as long (processor time, T = 784 × 64 members). timestep_gradient is a view
/// of it, with a row per timestep. The values have no CHECK, which would cost a fifth more.
/// </summary>
internal static class TimestepBlockTable
{
    public const string Name = "timestep_block";

    /// <summary>Timesteps in a row.</summary>
    public const int Size = 16;

    /// <summary>Before the values, which stand timestep after timestep, as in a recorded block; NULL after the last timestep.</summary>
    public static readonly string[] KeyColumns = ["step", "member", "layer", "first_timestep", "timesteps"];

    public static readonly string[] Columns =
    [
        .. KeyColumns, .. Enumerable.Range(0, Size).SelectMany(place => TimestepQuantities.All.Select(quantity => Column(quantity, place))),
    ];

    public static readonly string Create = $"""
        CREATE TABLE {Name} (
          {string.Join(",\n  ", KeyColumns.Select(column => $"{column} INTEGER NOT NULL"))},
          {string.Join(",\n  ", Columns.Skip(KeyColumns.Length).Select((column, at) =>
              $"{column} {(IsCount(at) ? "INTEGER" : "ANY")}"))},
          PRIMARY KEY (step, member, layer, first_timestep)
        ) STRICT, WITHOUT ROWID;
        CREATE VIEW timestep_gradient AS
          WITH place (place) AS (VALUES {string.Join(", ", Enumerable.Range(0, Size).Select(place => $"({place})"))})
          SELECT step, member, layer, first_timestep + place AS timestep,
            {string.Join(",\n    ", TimestepQuantities.All.Select(Shown))}
          FROM {Name} CROSS JOIN place WHERE place < timesteps;
        """;

    /// <summary>The column of a quantity, such as hidden_gradient_0.</summary>
    /// <param name="place">From the row's first timestep, from 0.</param>
    public static string Column(TimestepQuantity quantity, int place) =>
        FormattableString.Invariant($"{TimestepQuantities.Columns[(int)quantity]}_{place}");

    /// <summary>The first timestep of the row that holds one, from 1, and its place there.</summary>
    public static (int First, int Place) PlaceOf(int timestep) => (timestep - (timestep - 1) % Size, (timestep - 1) % Size);

    /// <summary>Inserts all timesteps of a layer; step, member and layer are set.</summary>
    /// <param name="values">Timesteps × quantities.</param>
    public static void Write(InsertStatement insert, ReadOnlySpan<double> values)
    {
        const int First = 4, Timesteps = 5;
        var firstValue = KeyColumns.Length + 1;
        var timesteps = values.Length / TimestepQuantities.Count;
        for (var first = 0; first < timesteps; first += Size)
        {
            var row = values[(first * TimestepQuantities.Count)..(Math.Min(first + Size, timesteps) * TimestepQuantities.Count)];
            insert.Set(First, first + 1);
            insert.Set(Timesteps, row.Length / TimestepQuantities.Count);
            for (var at = 0; at < row.Length; at++)
            {
                if (IsCount(at)) insert.SetCount(firstValue + at, row[at]);
                else insert.Set(firstValue + at, row[at]);
            }
            for (var at = row.Length; at < Size * TimestepQuantities.Count; at++) insert.SetNull(firstValue + at);
            insert.Execute();
        }
    }

    /// <summary>The timesteps of a row.</summary>
    public static TimestepGradientRow[] Read(SqliteDataReader row)
    {
        var (step, member, layer, first) = (row.GetInt64(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3));
        return
        [
            .. Enumerable.Range(0, row.GetInt32(4)).Select(place => new TimestepGradientRow(
                step, member, layer, first + place,
                RunDatabaseReader.Quantities(row, KeyColumns.Length + place * TimestepQuantities.Count, TimestepQuantities.Count))),
        ];
    }

    /// <param name="at">Among the values of a row.</param>
    private static bool IsCount(int at) => at % TimestepQuantities.Count == (int)TimestepQuantity.Nonfinite;

    private static string Shown(TimestepQuantity quantity)
    {
        var places = Enumerable.Range(0, Size).Select(place => $"WHEN {place} THEN {Column(quantity, place)}");
        return $"CASE place {string.Join(' ', places)} END AS {TimestepQuantities.Columns[(int)quantity]}";
    }
}
