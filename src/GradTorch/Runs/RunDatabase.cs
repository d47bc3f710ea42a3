using Microsoft.Data.Sqlite;

namespace GradTorch.Runs;

/// <summary>
/// run.db of a run that is going on. All writing is in batches, each of which is in the database as a whole or not at
/// all, and <see cref="RunDatabaseReader"/> can read at any time. For one thread.
/// </summary>
public sealed class RunDatabase : IDisposable
{
    private readonly SqliteConnection connection;

    private RunDatabase(SqliteConnection connection)
    {
        this.connection = connection;
        Scalar = new InsertStatement(connection, "scalar", RunDatabaseSchema.ScalarColumns);
        LayerGradient = new InsertStatement(connection, "layer_gradient", RunDatabaseSchema.LayerGradientColumns);
        TimestepBlock = new InsertStatement(connection, TimestepBlockTable.Name, TimestepBlockTable.Columns);
        LayerMeasure = new InsertStatement(connection, "layer_measure", RunDatabaseSchema.LayerMeasureColumns);
        GradientExponent = new InsertStatement(connection, "gradient_exponent", RunDatabaseSchema.GradientExponentColumns);
        JointCount = new InsertStatement(connection, "joint_count", RunDatabaseSchema.JointCountColumns);
        Evaluation = new InsertStatement(connection, "evaluation", RunDatabaseSchema.EvaluationColumns);
    }

    internal InsertStatement Scalar { get; }

    internal InsertStatement LayerGradient { get; }

    internal InsertStatement TimestepBlock { get; }

    internal InsertStatement LayerMeasure { get; }

    internal InsertStatement GradientExponent { get; }

    internal InsertStatement JointCount { get; }

    internal InsertStatement Evaluation { get; }

    /// <summary>Creates the database with empty tables.</summary>
    /// <exception cref="RunException">The file exists, or can't be created.</exception>
    public static RunDatabase Create(string path)
    {
        if (File.Exists(path))
        {
            throw new RunException(
                $"{path} exists, and a run never writes over an earlier one. Start the run in a new run directory.");
        }

        // Without pooling the file is closed when the database is.
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw new RunException($"{path} can't be created: {e.Message} Give an output folder that you may write to.", e);
        }

        // In one transaction, version included: a reader sees all tables or a database that is not ready.
        Execute(
            connection,
            $"BEGIN; {RunDatabaseSchema.CreateTables} PRAGMA user_version = {RunDatabaseSchema.Version}; COMMIT;");
        return new RunDatabase(connection);
    }

    /// <summary>Starts a batch; the one before must have been disposed of.</summary>
    public RunDatabaseBatch BeginBatch() => new(this, connection.BeginTransaction());

    public void Dispose()
    {
        Scalar.Dispose();
        LayerGradient.Dispose();
        TimestepBlock.Dispose();
        LayerMeasure.Dispose();
        GradientExponent.Dispose();
        JointCount.Dispose();
        Evaluation.Dispose();
        LeaveOneFile();
        connection.Dispose();
    }

    /// <summary>A finished run is one plain file: in WAL mode every later reader would put two more beside it. While
    /// somebody reads, it stays as it is.</summary>
    private void LeaveOneFile()
    {
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = DELETE";
            command.CommandTimeout = 1;
            command.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // A reader is there; the log is removed by whoever closes last.
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
