using Microsoft.Data.Sqlite;

namespace GradTorch.Runs;

/// <summary>Reads whole tables of run.db, whatever is in them, in the order of their keys: row by row to compare them, or in blocks of columns
/// for other programs.</summary>
public sealed class RunTableReader
{
    private readonly RunDatabaseReader _database;
    private readonly long _version;

    /// <param name="version">Of the database.</param>
    internal RunTableReader(RunDatabaseReader database, long version) => (_database, _version) = (database, version);

    /// <summary>All that the file has, by name.</summary>
    public IReadOnlyList<TableLayout> All()
    {
        var there = _database.Query(
            "SELECT name, type FROM pragma_table_list WHERE schema = 'main'", row => (Name: row.GetString(0), IsView: row.GetString(1) == "view")).ToList();
        return
        [
            .. from table in RunTable.All
               join own in there on table.Name equals own.Name
               orderby table.Name
               select new TableLayout(table.Name, ColumnsOf(table, own.IsView), [.. table.Key]),
        ];
    }

    /// <summary>Rows with their columns as long, double, text or null. A NaN is the text that stands for it.</summary>
    /// <param name="below">Only steps before this; null for all.</param>
    public IEnumerable<object?[]> Rows(RunTable table, long? below = null)
    {
        if (_version == RunDatabaseSchema.Oldest && table == RunTable.JointCount) return [];
        var columns = table == RunTable.Member ? RunDatabaseSchema.MemberList(_version) : RunDatabaseSchema.List(table.Columns);
        var condition = table.HasSteps && below is { } first ? FormattableString.Invariant($" WHERE step < {first}") : "";
        return _database.Query(
            $"SELECT {columns} FROM {table.Name}{condition} ORDER BY {RunDatabaseSchema.List(table.Key)}",
            row => table.Columns.Select((_, column) => row.IsDBNull(column) ? null : row.GetValue(column)).ToArray());
    }

    /// <summary>The rows of a table in blocks of at most so many.</summary>
    public IEnumerable<TableBlock> Blocks(TableLayout table, int size)
    {
        Array[] columns = [.. table.Columns.Select(column => ValuesOf(column.Kind, size))];
        var count = 0;
        var sql = $"SELECT {RunDatabaseSchema.List(table.Columns.Select(column => column.Name))} FROM {table.Name} ORDER BY {RunDatabaseSchema.List(table.Key)}";
        foreach (var row in _database.Query(sql, row => row))
        {
            for (var column = 0; column < columns.Length; column++) Keep(row, column, columns[column], count);
            if (++count < size) continue;
            yield return new TableBlock(count, columns);
            count = 0;
        }
        if (count > 0) yield return new TableBlock(count, columns);
    }

    /// <param name="isView">Of a view SQLite does not tell whether there is always a value, which there is, nor the type of what it computes.</param>
    private TableColumn[] ColumnsOf(RunTable table, bool isView) =>
    [
        .. _database.Query(
            $"SELECT name, type, \"notnull\" = 0 AND pk = 0 FROM pragma_table_info('{table.Name}') ORDER BY cid",
            row => new TableColumn(row.GetString(0), KindOf(table, row.GetString(0), row.GetString(1)), !isView && row.GetBoolean(2))),
    ];

    private static ColumnKind KindOf(RunTable table, string column, string type) => type switch
    {
        "INTEGER" => ColumnKind.Integer,
        "REAL" or "ANY" => ColumnKind.Number,
        "TEXT" => ColumnKind.Text,
        "" => table.Key.Append("nonfinite").Contains(column) ? ColumnKind.Integer : ColumnKind.Number,
        _ => throw new FormatException($"a column is of type {type}."),
    };

    private static Array ValuesOf(ColumnKind kind, int size) => kind switch
    {
        ColumnKind.Integer => new long?[size],
        ColumnKind.Number => new double?[size],
        _ => new string?[size],
    };

    private static void Keep(SqliteDataReader row, int column, Array values, int place)
    {
        var isNull = row.IsDBNull(column);
        switch (values)
        {
            case long?[] integers:
                integers[place] = isNull ? null : row.GetInt64(column);
                break;
            case double?[] numbers:
                numbers[place] = isNull ? null : RunDatabaseReader.Number(row, column);
                break;
            case string?[] texts:
                texts[place] = isNull ? null : row.GetString(column);
                break;
        }
    }
}
