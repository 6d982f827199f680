using Microsoft.Data.Sqlite;

namespace IncidentBot.Benchmarks;

/// <summary>What this machine's disk gives without us: one INSERT a commit on one connection, as durable as ours.</summary>
internal sealed class OneByOneCommits : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;

    public OneByOneCommits(string directory)
    {
        _connection = new SqliteConnection($"Data Source={Path.Combine(directory, "one-by-one.db")}");
        _connection.Open();
        using var schema = _connection.CreateCommand();
        schema.CommandText =
            """
            PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
            CREATE TABLE notes (Id INTEGER PRIMARY KEY AUTOINCREMENT, Text TEXT NOT NULL);
            """;
        schema.ExecuteNonQuery();
        _insert = _connection.CreateCommand();
        _insert.CommandText = "INSERT INTO notes (Text) VALUES ($text)";
        _insert.Parameters.AddWithValue("$text", Notes.Text);
        _insert.Prepare();
    }

    /// <summary>Without a transaction around it, SQLite commits each.</summary>
    public Task InsertAsync()
    {
        _insert.ExecuteNonQuery();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
    }
}
