using System.Globalization;
using Microsoft.Data.Sqlite;

namespace GradTorch.Tests.Runs;

/// <summary>A path for a run database, in a folder that goes away with it.</summary>
internal sealed class RunDatabaseFile : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public string Path => folder.File("run.db");

    public string Folder => folder.Path;

    public string Beside(params ReadOnlySpan<string> names) => folder.File(names);

    public string Write(string name, byte[] content) => folder.Write(name, content);

    /// <summary>The one value that a query gives.</summary>
    public string Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture)!;
    }

    public void Dispose() => folder.Dispose();
}
