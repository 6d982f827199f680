using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IncidentBot.Incidents.Store;

/// <summary>How a SQLite file of ours is opened.</summary>
public static class SqliteFile
{
    /// <summary>How long one waits for another's lock.</summary>
    private const int LockTimeoutSeconds = 5;

    public static string ConnectionString(string path, bool isPooled = true) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        ForeignKeys = true,
        Pooling = isPooled,
        DefaultTimeout = LockTimeoutSeconds,
    }.ToString();

    /// <summary>WAL, so that reading goes on while the writer writes; FULL, so that a commit survives a power cut.</summary>
    public static SqliteConnection OpenForWriting(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            // Without the right to write, SQLite opens a file for reading and says nothing until the first change.
            if (raw.sqlite3_db_readonly(connection.Handle, "main") == 1)
                throw new SqliteException("the file may not be written", raw.SQLITE_READONLY);
            using var pragmas = connection.CreateCommand();
            pragmas.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";
            pragmas.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <exception cref="SqliteException">The file is damaged.</exception>
    public static async Task CheckAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        await using var check = connection.CreateCommand();
        check.CommandText = "PRAGMA quick_check(1)";
        if (await check.ExecuteScalarAsync(cancellationToken) is not "ok")
            throw new SqliteException("quick_check found damage", raw.SQLITE_CORRUPT);
    }
}
