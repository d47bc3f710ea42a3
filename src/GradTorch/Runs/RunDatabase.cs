using Microsoft.Data.Sqlite;

namespace GradTorch.Runs;

/// <summary>
/// run.db of a run that is going on. All writing is in batches, each of which is in the database as a whole or not at
/// all, and <see cref="RunDatabaseReader"/> can read at any time. For one thread.
/// </summary>
public sealed class RunDatabase : IDisposable
{
    private readonly SqliteConnection connection;
    private bool isDurable;

    private RunDatabase(SqliteConnection connection)
    {
        this.connection = connection;
        Scalar = new InsertStatement(connection, RunTable.Scalar.Name, RunTable.Scalar.Columns);
        LayerGradient = new InsertStatement(connection, RunTable.LayerGradient.Name, RunTable.LayerGradient.Columns);
        TimestepBlock = new InsertStatement(connection, TimestepBlockTable.Name, TimestepBlockTable.Columns);
        LayerMeasure = new InsertStatement(connection, RunTable.LayerMeasure.Name, RunTable.LayerMeasure.Columns);
        GradientExponent = new InsertStatement(connection, RunTable.GradientExponent.Name, RunTable.GradientExponent.Columns);
        JointCount = new InsertStatement(connection, RunTable.JointCount.Name, RunTable.JointCount.Columns);
        Evaluation = new InsertStatement(connection, RunTable.Evaluation.Name, RunTable.Evaluation.Columns);
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

        try
        {
            // In one transaction, version included: a reader sees all tables or a database that is not ready.
            return Open(path, connection => Execute(
                connection, $"BEGIN; {RunDatabaseSchema.CreateTables} PRAGMA user_version = {RunDatabaseSchema.Version}; COMMIT;"));
        }
        catch (SqliteException e)
        {
            throw new RunException($"{path} can't be created: {e.Message} Give an output folder that you may write to.", e);
        }
    }

    /// <summary>The same where a run that stopped is begun again: what it has is removed.</summary>
    /// <inheritdoc cref="Create"/>
    public static RunDatabase CreateAnew(string path)
    {
        foreach (var beside in (string[])["-wal", "-shm", ""]) File.Delete(path + beside);
        return Create(path);
    }

    /// <summary>Opens the database of a run that stopped, to write on from a step.</summary>
    /// <param name="steps">Updates that were done: what is recorded of those after them is removed.</param>
    /// <param name="evaluated">Evaluations after more updates than that are removed.</param>
    /// <exception cref="RunException">It is not there, is no run database, or of another version.</exception>
    /// <exception cref="SqliteException">It can't be written.</exception>
    public static RunDatabase Continue(string path, long steps, long evaluated)
    {
        RunDatabaseReader.RequireCurrent(path);
        return Open(path, connection =>
        {
            using var transaction = connection.BeginTransaction();
            foreach (var table in RunTable.All.Where(table => table.HasSteps))
            {
                using var command = connection.CreateCommand();
                command.CommandText = $"DELETE FROM {table.Stored} WHERE step >= $first";
                command.Parameters.AddWithValue("$first", table == RunTable.Evaluation ? evaluated + 1 : steps);
                command.ExecuteNonQuery();
            }
            transaction.Commit();
        });
    }

    /// <summary>Starts a batch; the one before must have been disposed of.</summary>
    /// <param name="durable">Once it is committed it outlives also a machine that stops, and so does all before it.</param>
    public RunDatabaseBatch BeginBatch(bool durable = false)
    {
        if (durable != isDurable) Execute(connection, $"PRAGMA synchronous = {(durable ? "FULL" : "NORMAL")}");
        isDurable = durable;
        return new RunDatabaseBatch(this, connection.BeginTransaction());
    }

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

    /// <param name="prepare">What is done before anything is written; where it fails the file is closed.</param>
    private static RunDatabase Open(string path, Action<SqliteConnection> prepare)
    {
        // Without pooling the file is closed when the database is.
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
            prepare(connection);
            return new RunDatabase(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
