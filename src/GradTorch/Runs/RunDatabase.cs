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
        Scalar = new InsertStatement(connection, "scalar", RunDatabaseSchema.ScalarColumns);
        LayerGradient = new InsertStatement(connection, "layer_gradient", RunDatabaseSchema.LayerGradientColumns);
        TimestepGradient = new InsertStatement(connection, "timestep_gradient", RunDatabaseSchema.TimestepGradientColumns);
        LayerMeasure = new InsertStatement(connection, "layer_measure", RunDatabaseSchema.LayerMeasureColumns);
        GradientExponent = new InsertStatement(connection, "gradient_exponent", RunDatabaseSchema.GradientExponentColumns);
        JointCount = new InsertStatement(connection, "joint_count", RunDatabaseSchema.JointCountColumns);
        Evaluation = new InsertStatement(connection, "evaluation", RunDatabaseSchema.EvaluationColumns);
    }

    internal InsertStatement Scalar { get; }

    internal InsertStatement LayerGradient { get; }

    internal InsertStatement TimestepGradient { get; }

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
            var connection = Connect(path);
            // In one transaction, version included: a reader sees all tables or a database that is not ready.
            Execute(
                connection,
                $"BEGIN; {RunDatabaseSchema.CreateTables} PRAGMA user_version = {RunDatabaseSchema.Version}; COMMIT;");
            return new RunDatabase(connection);
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
    /// <exception cref="RunException">It is not there, or can't be written on.</exception>
    public static RunDatabase Continue(string path, long steps, long evaluated)
    {
        try
        {
            using (RunDatabaseReader.OpenCurrent(path))
            {
            }
            var connection = Connect(path);
            try
            {
                using var transaction = connection.BeginTransaction();
                foreach (var table in RunTable.All.Where(table => table.HasSteps))
                    Remove(table, table == RunTable.Evaluation ? evaluated + 1 : steps);
                transaction.Commit();
                return new RunDatabase(connection);

                void Remove(RunTable table, long first)
                {
                    using var command = connection.CreateCommand();
                    command.CommandText = $"DELETE FROM {table.Name} WHERE step >= $first";
                    command.Parameters.AddWithValue("$first", first);
                    command.ExecuteNonQuery();
                }
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }
        catch (SqliteException e)
        {
            throw new RunException($"{path} can't be written on: {e.Message}", e);
        }
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
        TimestepGradient.Dispose();
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

    private static SqliteConnection Connect(string path)
    {
        // Without pooling the file is closed when the database is.
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
            return connection;
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
