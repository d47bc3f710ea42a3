using GradTorch.Quantities;

namespace GradTorch.Runs;

/// <summary>
/// The tables of run.db. A number that can be non-finite is a column of type ANY: a REAL with the exact double, −0.0 and
/// ±Infinity included, or the TEXT <c>NaN</c>, for which SQLite has no REAL (it would store NULL, which aggregates skip).
/// In SQL, <c>typeof(x) = 'real'</c> picks the numbers; in comparisons and for max() a NaN is greater than any number.
/// The column update has the name of an SQL keyword and is written <c>"update"</c>.
/// No time or other chance goes into a table: the same run writes the same contents.
/// </summary>
internal static class RunDatabaseSchema
{
    /// <summary>Kept in the database's user_version; goes up with every change of a table.</summary>
    public const int Version = 7;

    /// <summary>The oldest version that is read: it has no table joint_count, and no settings of recurrent weights in table member.</summary>
    public const int Oldest = 5;

    /// <summary>The first version with <see cref="TimestepBlockTable"/>: before it, timestep_gradient was a table.</summary>
    public const int FirstWithBlocks = 7;

    /// <summary>What stands for a NaN.</summary>
    public const string NotANumber = "NaN";

    public static readonly string[] ScalarColumns = ["step", "member", "name", "value"];

    public static readonly string[] EvaluationColumns = ["step", "member", "split", "loss", "accuracy"];

    public static readonly string[] LayerGradientColumns =
        ["step", "member", "layer", "layer_name", .. LayerQuantities.Columns];

    public static readonly string[] TimestepGradientColumns =
        ["step", "member", "layer", "timestep", .. TimestepQuantities.Columns];

    public static readonly string[] LayerMeasureColumns = ["step", "member", "layer", "name", "value"];

    public static readonly string[] GradientExponentColumns = ["step", "member", "layer", "exponent", "count"];

    public static readonly string[] JointCountColumns = ["step", "member", "layer", "pair", "x", "gradient", "count"];

    public static readonly string[] MemberColumns =
    [
        "member", "seed", .. MemberSetting.All.Select(setting => setting.Column), "status", "diverged_step", "diverged_layer", "diverged_timestep",
    ];

    /// <summary>In every version but the oldest.</summary>
    private static readonly string[] NewMemberColumns = ["recurrent_gain", "recurrent_weight_variance"];

    public static readonly string CreateTables = $"""
        CREATE TABLE member (
          member INTEGER PRIMARY KEY,
          seed INTEGER NOT NULL,
          learning_rate REAL NOT NULL,
          gain REAL,
          weight_variance REAL,
          bias_variance REAL,
          slope REAL,
          backward_scale REAL,
          clip_threshold REAL,
          recurrent_gain REAL,
          recurrent_weight_variance REAL,
          status TEXT NOT NULL CHECK (status IN ('running', 'finished', 'diverged', 'stopped')),
          diverged_step INTEGER,
          diverged_layer INTEGER,
          diverged_timestep INTEGER,
          CHECK ((status = 'diverged') = (diverged_step IS NOT NULL))
        ) STRICT;
        CREATE TABLE scalar (
          step INTEGER NOT NULL,
          member INTEGER NOT NULL,
          name TEXT NOT NULL,
          {Number("value")},
          PRIMARY KEY (step, member, name)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE layer_gradient (
          step INTEGER NOT NULL,
          member INTEGER NOT NULL,
          layer INTEGER NOT NULL,
          layer_name TEXT NOT NULL,
          {string.Join(",\n  ", LayerQuantities.All.Select(Quantity))},
          PRIMARY KEY (step, member, layer)
        ) STRICT, WITHOUT ROWID;
        {TimestepBlockTable.Create}
        CREATE TABLE layer_measure (
          step INTEGER NOT NULL,
          member INTEGER NOT NULL,
          layer INTEGER NOT NULL,
          name TEXT NOT NULL,
          {Number("value")},
          PRIMARY KEY (step, member, layer, name)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE gradient_exponent (
          step INTEGER NOT NULL,
          member INTEGER NOT NULL,
          layer INTEGER NOT NULL,
          exponent INTEGER NOT NULL,
          count INTEGER NOT NULL,
          PRIMARY KEY (step, member, layer, exponent)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE joint_count (
          step INTEGER NOT NULL,
          member INTEGER NOT NULL,
          layer INTEGER NOT NULL,
          pair TEXT NOT NULL,
          x INTEGER NOT NULL,
          gradient INTEGER NOT NULL,
          count INTEGER NOT NULL,
          PRIMARY KEY (step, member, layer, pair, x, gradient)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE evaluation (
          step INTEGER NOT NULL,
          member INTEGER NOT NULL,
          split TEXT NOT NULL,
          {Number("loss")},
          {Number("accuracy", "")},
          PRIMARY KEY (step, member, split)
        ) STRICT, WITHOUT ROWID;
        """;

    /// <summary>Columns as a list for a statement.</summary>
    public static string List(IEnumerable<string> columns) => string.Join(", ", columns.Select(Quoted));

    /// <summary>Columns of table member for a query, NULL for what a version has not.</summary>
    public static string MemberList(long version) => version == Oldest
        ? string.Join(", ", MemberColumns.Select(column => NewMemberColumns.Contains(column) ? "NULL" : Quoted(column)))
        : List(MemberColumns);

    private static string Quoted(string column) => $"\"{column}\"";

    private static string Quantity(LayerQuantity quantity)
    {
        var column = Quoted(LayerQuantities.Columns[(int)quantity]);
        return quantity == LayerQuantity.Nonfinite ? $"{column} INTEGER NOT NULL" : Number(column);
    }

    private static string Number(string column, string presence = "NOT NULL ") =>
        $"{column} ANY {presence}CHECK (typeof({column}) = 'real' OR {column} = '{NotANumber}')";
}
