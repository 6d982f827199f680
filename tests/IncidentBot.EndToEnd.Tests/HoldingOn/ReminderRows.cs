using IncidentBot.EndToEnd.Tests.Running;
using Microsoft.Data.Sqlite;

namespace IncidentBot.EndToEnd.Tests.HoldingOn;

/// <summary>The reminders in a bot's database, and a record of each time that one was ended.</summary>
internal sealed class ReminderRows(string dataDirectory)
{
    /// <summary>The setting with which only these wait, and nothing follows from them.</summary>
    public const string NoDigest = "--Reminders:DigestDay=";

    /// <summary>Has the database itself keep count: in the transaction that ends a reminder, so that nothing of it is lost with the process.</summary>
    public Task CountAsync() => ChangeAsync(
        """
        CREATE TABLE Endings (ReminderId INTEGER NOT NULL);
        CREATE TRIGGER CountEndings AFTER UPDATE ON Reminders WHEN NEW.State <> 'Waiting' BEGIN INSERT INTO Endings VALUES (NEW.Id); END;
        """);

    public async Task AddAsync(IEnumerable<DateTimeOffset> due)
    {
        await using var connection = await OpenAsync();
        await using var transaction = connection.BeginTransaction();
        foreach (var at in due)
        {
            await using var insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO Reminders (Kind, Subject, DueAt, State, CreatedAt, Attempts) VALUES ('Digest', 0, $due, 'Waiting', $due, 0)";
            insert.Parameters.AddWithValue("$due", at.UtcDateTime);
            await insert.ExecuteNonQueryAsync();
        }
        await transaction.CommitAsync();
    }

    /// <returns>How often each reminder was ended; 0 for those that wait.</returns>
    public async Task<IReadOnlyList<long>> ReadEndingsAsync()
    {
        await using var connection = await OpenAsync();
        await using var select = connection.CreateCommand();
        select.CommandText = "SELECT (SELECT COUNT(*) FROM Endings WHERE ReminderId = r.Id) FROM Reminders r ORDER BY r.Id";
        var counts = new List<long>();
        await using var reader = await select.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            counts.Add(reader.GetInt64(0));
        return counts;
    }

    /// <summary>Those that wait have their triggers, and there are no others.</summary>
    public Task<object> HaveTriggersAsync() => Eventually.HoldsAsync("reminders and triggers agree", async () =>
    {
        var waiting = (await ReadEndingsAsync()).Count(count => count == 0);
        await using var connection = await OpenAsync("quartz.db");
        await using var select = connection.CreateCommand();
        select.CommandText = "SELECT COUNT(*) FROM QRTZ_TRIGGERS";
        return (long)(await select.ExecuteScalarAsync())! == waiting;
    });

    public async Task ChangeAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private async Task<SqliteConnection> OpenAsync(string file = "incidentbot.db")
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(dataDirectory, file)};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }
}
