using System.Globalization;
using GradTorch.Quantities;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GradTorch.Runs;

/// <summary>
/// Reads run.db, also while its run is going on: each method sees what was committed when its enumeration begins,
/// undisturbed by what comes after. Rows come in the order of their keys. For one thread.
/// </summary>
public sealed class RunDatabaseReader : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly long version;

    private RunDatabaseReader(SqliteConnection connection, long version) => (this.connection, this.version) = (connection, version);

    /// <summary>Whole tables, whatever is in them.</summary>
    public RunTableReader Tables => new(this, version);

    /// <exception cref="RunException">
    /// There is no such file, it is not a run database, or it is of another version.
    /// </exception>
    public static RunDatabaseReader Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new RunException($"{path} does not exist. Give the run.db of a run directory.");
        }

        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false,
        };
        var connection = new SqliteConnection(settings.ToString());
        try
        {
            connection.Open();
            return new RunDatabaseReader(connection, RequiredVersion(connection, path));
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw new RunException(
                $"{path} can't be read as a run database: {e.Message} Give the run.db of a run directory.", e);
        }
        catch (RunException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <exception cref="RunException">As <see cref="Open"/>, and where it is of an earlier version, which is not written on.</exception>
    internal static void RequireCurrent(string path)
    {
        using var reader = Open(path);
        if (reader.version == RunDatabaseSchema.Version) return;
        throw new RunException(string.Create(
            CultureInfo.InvariantCulture,
            $"{path} has tables of version {reader.version}, and only those of version {RunDatabaseSchema.Version} are written on. Use the GradTorch that wrote it."));
    }

    /// <summary>Reads something of a run.db.</summary>
    /// <exception cref="RunException">As <see cref="Open"/>, and where it is damaged.</exception>
    public static T Read<T>(string path, Func<RunDatabaseReader, T> read)
    {
        using var reader = Open(path);
        try
        {
            return read(reader);
        }
        catch (Exception e) when (e is SqliteException or InvalidOperationException or InvalidCastException or FormatException)
        {
            throw new RunException($"{path} can't be read as a run database: {e.Message} It is damaged; give another run.", e);
        }
    }

    public IEnumerable<MemberRow> Members() => Query(
        $"SELECT {RunDatabaseSchema.MemberList(version)} FROM member ORDER BY member",
        row => new MemberRow(
            row.GetInt32(0), row.GetInt64(1), row.GetDouble(2),
            row.IsDBNull(3) ? null : row.GetDouble(3),
            row.IsDBNull(4) ? null : row.GetDouble(4),
            row.IsDBNull(5) ? null : row.GetDouble(5),
            row.IsDBNull(6) ? null : row.GetDouble(6),
            row.IsDBNull(7) ? null : row.GetDouble(7),
            row.IsDBNull(8) ? null : row.GetDouble(8),
            row.IsDBNull(9) ? null : row.GetDouble(9),
            row.IsDBNull(10) ? null : row.GetDouble(10),
            MemberStatusText.Parse(row.GetString(11)),
            row.IsDBNull(12) ? null : row.GetInt64(12),
            row.IsDBNull(13) ? null : row.GetInt32(13),
            row.IsDBNull(14) ? null : row.GetInt32(14)));

    /// <param name="afterStep">Only steps greater than this; the default takes all.</param>
    public IEnumerable<ScalarRow> Scalars(long afterStep = -1) => Query(
        Select(RunTable.Scalar),
        row => new ScalarRow(row.GetInt64(0), row.GetInt32(1), row.GetString(2), Number(row, 3)),
        afterStep);

    /// <inheritdoc cref="Scalars"/>
    public IEnumerable<LayerGradientRow> LayerGradients(long afterStep = -1) => Query(
        Select(RunTable.LayerGradient),
        row => new LayerGradientRow(
            row.GetInt64(0), row.GetInt32(1), row.GetInt32(2), row.GetString(3), Quantities(row, 4, LayerQuantities.Count)),
        afterStep);

    /// <inheritdoc cref="Scalars"/>
    public IEnumerable<TimestepGradientRow> TimestepGradients(long afterStep = -1) => version < RunDatabaseSchema.FirstWithBlocks
        ? Query(
            Select(RunTable.TimestepGradient),
            row => new TimestepGradientRow(
                row.GetInt64(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), Quantities(row, 4, TimestepQuantities.Count)),
            afterStep)
        : Query(
            Select(TimestepBlockTable.Name, TimestepBlockTable.Columns, "step, member, layer, first_timestep"), TimestepBlockTable.Read, afterStep).SelectMany(rows => rows);

    /// <summary>Those of one step.</summary>
    public IEnumerable<LayerGradientRow> LayerGradientsAt(long step) => LayerGradients(step - 1).TakeWhile(row => row.Step == step);

    /// <summary>Those of one step.</summary>
    public IEnumerable<TimestepGradientRow> TimestepGradientsAt(long step) =>
        TimestepGradients(step - 1).TakeWhile(row => row.Step == step);

    /// <summary>‖δ‖ of the first layer and of another, at every recorded step.</summary>
    public IEnumerable<GradientEnds> LayerEnds(int last) => Ends("layer_gradient", "layer", last);

    /// <summary>‖δ‖ of a recurrent layer's first timestep and of another, at every recorded step.</summary>
    public IEnumerable<GradientEnds> TimestepEnds(int layer, int last)
    {
        var condition = FormattableString.Invariant($"AND a.layer = {layer} AND b.layer = {layer}");
        if (version < RunDatabaseSchema.FirstWithBlocks) return Ends("timestep_gradient", "timestep", last, condition);
        var (first, place) = TimestepBlockTable.PlaceOf(last);
        return Ends(
            TimestepBlockTable.Name, "first_timestep", first, condition, TimestepBlockTable.Column(TimestepQuantity.PreactivationGradient, 0),
            TimestepBlockTable.Column(TimestepQuantity.PreactivationGradient, place));
    }

    /// <inheritdoc cref="Scalars"/>
    public IEnumerable<LayerMeasureRow> LayerMeasures(long afterStep = -1) => Query(
        Select(RunTable.LayerMeasure),
        row => new LayerMeasureRow(row.GetInt64(0), row.GetInt32(1), row.GetInt32(2), row.GetString(3), Number(row, 4)),
        afterStep);

    /// <inheritdoc cref="Scalars"/>
    public IEnumerable<GradientExponentRow> GradientExponents(long afterStep = -1) => Query(
        Select(RunTable.GradientExponent),
        row => new GradientExponentRow(row.GetInt64(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.GetInt64(4)),
        afterStep);

    /// <summary>Empty of a version that has no such table.</summary>
    /// <param name="afterStep">Only steps greater than this; the default takes all.</param>
    public IEnumerable<JointCountRow> JointCounts(long afterStep = -1) => version == RunDatabaseSchema.Oldest ? [] : Query(
        Select(RunTable.JointCount),
        row => new JointCountRow(
            row.GetInt64(0), row.GetInt32(1), row.GetInt32(2), row.GetString(3), row.GetInt32(4), row.GetInt32(5), row.GetInt64(6)),
        afterStep);

    /// <inheritdoc cref="Scalars"/>
    public IEnumerable<EvaluationRow> Evaluations(long afterStep = -1) => Query(
        Select(RunTable.Evaluation),
        row => new EvaluationRow(row.GetInt64(0), row.GetInt32(1), row.GetString(2), Number(row, 3), row.IsDBNull(4) ? null : Number(row, 4)),
        afterStep);

    /// <summary>The first and the last step of table layer_gradient; null if it is empty.</summary>
    public (long First, long Last)? GradientSteps() => Query<(long, long)?>(
        "SELECT min(step), max(step) FROM layer_gradient",
        row => row.IsDBNull(0) ? null : (row.GetInt64(0), row.GetInt64(1))).Single();

    /// <summary>The last step that anything was recorded of; null if nothing was.</summary>
    public long? LastStep() => Query<long?>(
        "SELECT max(step) FROM (SELECT max(step) AS step FROM scalar UNION ALL SELECT max(step) FROM evaluation)",
        row => row.IsDBNull(0) ? null : row.GetInt64(0)).Single();

    /// <summary>Until it is disposed of, everything that is read is of one moment, however long that takes.</summary>
    public IDisposable Snapshot() => connection.BeginTransaction(deferred: true);

    public void Dispose() => connection.Dispose();

    /// <summary>Its version, which is one that can be read.</summary>
    private static long RequiredVersion(SqliteConnection connection, string path)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        var version = (long)command.ExecuteScalar()!;
        if (version is < RunDatabaseSchema.Oldest or > RunDatabaseSchema.Version)
        {
            throw new RunException(string.Create(
                CultureInfo.InvariantCulture,
                $"{path} has tables of version {version} (0: none yet, or not the database of a run); this GradTorch reads "
                + $"versions {RunDatabaseSchema.Oldest} to {RunDatabaseSchema.Version}. Give the run.db of a run that has begun, or use the GradTorch "
                + $"that wrote it."));
        }

        return version;
    }

    private IEnumerable<GradientEnds> Ends(string table, string place, int last, string condition = "",
        string column = "preactivation_gradient", string? lastColumn = null) => Query(
        FormattableString.Invariant($"""
            SELECT a.step, a.member, a.{column}, b.{lastColumn ?? column}
            FROM {table} a JOIN {table} b ON b.step = a.step AND b.member = a.member
            WHERE a.{place} = 1 AND b.{place} = {last} {condition} ORDER BY a.step, a.member
            """),
        row => new GradientEnds(row.GetInt64(0), row.GetInt32(1), Number(row, 2), Number(row, 3)));

    private static string Select(RunTable table) => Select(table.Name, table.Columns, RunDatabaseSchema.List(table.Key));

    private static string Select(string table, IEnumerable<string> columns, string key) =>
        $"SELECT {RunDatabaseSchema.List(columns)} FROM {table} WHERE step > $after ORDER BY {key}";

    /// <summary>A number as <see cref="RunDatabaseSchema"/> keeps it. SQLite itself would read the text NaN as 0.</summary>
    internal static double Number(SqliteDataReader row, int column) =>
        raw.sqlite3_column_type(row.Handle, column) == raw.SQLITE_TEXT ? double.NaN : row.GetDouble(column);

    /// <summary>All quantities of a row or timestep, which stand side by side.</summary>
    internal static double[] Quantities(SqliteDataReader row, int first, int count) =>
        [.. Enumerable.Range(first, count).Select(column => Number(row, column))];

    internal IEnumerable<T> Query<T>(string sql, Func<SqliteDataReader, T> read, long? afterStep = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        if (afterStep is { } after)
        {
            command.Parameters.AddWithValue("$after", after);
        }

        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            yield return read(rows);
        }
    }
}
