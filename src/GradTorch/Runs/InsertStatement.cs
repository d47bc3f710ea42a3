using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GradTorch.Runs;

/// <summary>
/// An INSERT that is prepared once and run for many rows. It talks to SQLite directly: Microsoft.Data.Sqlite boxes and
/// looks up each parameter again for each row, and refuses NaN.
/// </summary>
internal sealed class InsertStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;

    public InsertStatement(SqliteConnection connection, string table, IReadOnlyList<string> columns)
    {
        database = connection.Handle!;
        var places = string.Join(", ", columns.Select(_ => "?"));
        var sql = $"INSERT INTO {table} ({RunDatabaseSchema.List(columns)}) VALUES ({places})";
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, sql, out statement), database);
    }

    /// <summary>Sets a column, counted from 1; it keeps the value for the rows that follow.</summary>
    public void Set(int column, long value) => Check(raw.sqlite3_bind_int64(statement, column, value));

    /// <inheritdoc cref="Set(int, long)"/>
    public void Set(int column, ReadOnlySpan<byte> utf8) => Check(raw.sqlite3_bind_text(statement, column, utf8));

    /// <summary>Sets a column to a number that can be non-finite, see <see cref="RunDatabaseSchema"/>.</summary>
    public void Set(int column, double value)
    {
        if (double.IsNaN(value))
        {
            Check(raw.sqlite3_bind_text(statement, column, RunDatabaseSchema.NotANumber));
        }
        else
        {
            Check(raw.sqlite3_bind_double(statement, column, value));
        }
    }

    /// <summary>Sets a column to a count, which is recorded as a number like others.</summary>
    /// <exception cref="ArgumentException">It is no whole number from 0.</exception>
    public void SetCount(int column, double count) => Set(column, count >= 0 && double.IsInteger(count)
        ? (long)count
        : throw new ArgumentException(FormattableString.Invariant($"A count of elements is {count}; it must be a whole number from 0.")));

    /// <summary>Sets a column to NULL.</summary>
    public void SetNull(int column) => Check(raw.sqlite3_bind_null(statement, column));

    /// <summary>Inserts a row of the columns as they are set.</summary>
    /// <exception cref="SqliteException">The row is there already, breaks a constraint, or can't be written.</exception>
    public void Execute()
    {
        var result = raw.sqlite3_step(statement);
        // Thrown before the reset, which the message would not survive; the statement is reset all the same.
        try
        {
            if (result != raw.SQLITE_DONE)
            {
                SqliteException.ThrowExceptionForRC(result, database);
            }
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    public void Dispose() => statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, database);
}
