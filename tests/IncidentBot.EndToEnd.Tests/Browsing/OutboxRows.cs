using System.Text.Json;
using IncidentBot.EndToEnd.Tests.Running;
using IncidentBot.Incidents.Outbox;
using Microsoft.Data.Sqlite;

namespace IncidentBot.EndToEnd.Tests.Browsing;

/// <summary>What a command or a reminder would ask for, written into the outbox of a bot that runs.</summary>
internal static class OutboxRows
{
    public static async Task AddAsync(BotProcess bot, int incident, string person, OutboxOperation operation)
    {
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(bot.DataDirectory, "incidentbot.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var insert = connection.CreateCommand();
            insert.CommandText = """
                INSERT INTO Outbox (Lane, Platform, IncidentNumber, Operation, CreatedAt, State, Attempts, DeduplicationKey)
                VALUES ('local:' || $person, 'local', $incident, $operation, '2026-03-02 09:14:00', 'Pending', 0, 'notify:' || $incident)
                """;
            insert.Parameters.AddWithValue("$person", person);
            insert.Parameters.AddWithValue("$incident", incident);
            insert.Parameters.AddWithValue("$operation", JsonSerializer.Serialize(operation, JsonSerializerOptions.Web));
            await insert.ExecuteNonQueryAsync();
        }
        // The bot looks into its outbox after each commit of its own.
        await bot.Chat.CommandAsync("/incident start sev4 Something else");
    }
}
