using System.Net;
using System.Runtime.Versioning;
using IncidentBot.EndToEnd.Tests.Running;
using Microsoft.Data.Sqlite;

namespace IncidentBot.EndToEnd.Tests.HoldingOn;

[SupportedOSPlatform("linux")]
public sealed class DataDirectoryTests
{
    [Fact]
    public async Task A_data_directory_that_cannot_be_written_is_told()
    {
        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.Path, Privileges.ReadOnly);
        try
        {
            var run = await CommandRun.OfAsync(BotProgram.With(BotProcess.Arguments(folder.Path, Ports.Free()), Path.GetTempPath(), Privileges.WithoutOverride));

            run.AssertRefusedToStart("cannot be written", folder.Path, "IncidentBot:DataDirectory");
            Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        }
        finally
        {
            File.SetUnixFileMode(folder.Path, Privileges.Full);
        }
    }

    [Fact]
    public async Task A_database_that_cannot_be_written_is_told()
    {
        using var folder = new TemporaryFolder();
        await WithOneIncidentAsync(folder);
        foreach (var file in Directory.GetFiles(folder.Path, "*.db"))
            File.SetUnixFileMode(file, UnixFileMode.UserRead);

        var run = await CommandRun.OfAsync(BotProgram.With(BotProcess.Arguments(folder.Path, Ports.Free()), Path.GetTempPath(), Privileges.WithoutOverride));

        run.AssertRefusedToStart("read-only", "incidentbot.db");
    }

    [Theory]
    [InlineData("incidentbot.db")]
    [InlineData("localchat.db")]
    public async Task A_file_that_is_no_database_is_told_and_left_as_it_is(string name)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write(name, string.Concat(Enumerable.Repeat("this is no database. ", 500)));
        var before = await File.ReadAllBytesAsync(path);

        var run = await StartTests.StartAsync(folder.Path);

        run.AssertRefusedToStart("damaged or is no SQLite database", path, "backup");
        Assert.Equal(before, await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task A_database_damaged_in_the_middle_is_told_and_left_as_it_is()
    {
        using var folder = new TemporaryFolder();
        await WithOneIncidentAsync(folder);
        var path = Path.Combine(folder.Path, "incidentbot.db");
        var bytes = await File.ReadAllBytesAsync(path);
        // Page 1 stays sound, so that it is still a database; the pages behind it hold the tables.
        for (var i = 4_096; i < bytes.Length; i++)
            bytes[i] = (byte)(i * 31);
        await File.WriteAllBytesAsync(path, bytes);

        var run = await StartTests.StartAsync(folder.Path);

        run.AssertRefusedToStart("damaged", path, "backup");
        Assert.Equal(bytes, await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task While_another_process_locks_the_database_a_command_is_refused_clearly_and_works_afterwards()
    {
        await using var bot = await BotProcess.StartAsync();
        var incident = await bot.Chat.DeclareAsync();
        await bot.DrainOutboxAsync();
        var id = LocalChatClient.NewId();
        await using (await LockAsync(bot.DataDirectory))
        {
            var refused = await bot.Chat.TrySayAsync("/timeline note while locked", incident.Room, id: id);

            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
            CommandRun.AssertExplains(refused.Problem(), "locked by another process", "try again");
        }

        Assert.False((await bot.Chat.TrySayAsync("/timeline note while locked", incident.Room, id: id)).Answer().IsRefused);
        Assert.Single((await bot.Chat.ReadIncidentAsync(incident.Number)).Timeline, e => e.Text == "while locked");
    }

    [Fact]
    public async Task A_bot_started_on_a_locked_database_refuses_commands_clearly_and_takes_them_once_it_is_free()
    {
        using var folder = new TemporaryFolder();
        await WithOneIncidentAsync(folder);
        BotProcess bot;
        await using (await LockAsync(folder.Path))
        {
            bot = await BotProcess.StartAsync(folder.Path);
            var refused = await bot.Chat.TrySayAsync("/timeline note while locked");

            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
            CommandRun.AssertExplains(refused.Problem(), "locked by another process", "try again");
        }
        await using (bot)
        {
            await bot.Chat.CommandAsync("/timeline note after it");
            Assert.Equal(["Checkout answers 500", "after it"], (await bot.Chat.ReadIncidentAsync(1)).Timeline.Select(e => e.Text.Replace("sev2: ", "", StringComparison.Ordinal)));
        }
    }

    private static async Task WithOneIncidentAsync(TemporaryFolder folder)
    {
        await using var bot = await BotProcess.StartAsync(folder.Path);
        await bot.Chat.DeclareAsync();
        await bot.DrainOutboxAsync();
        await bot.KillAsync();
        // What a kill leaves in the log goes into the file, so that the file alone is the database.
        await using var connection = await OpenAsync(folder.Path);
        await using var checkpoint = connection.CreateCommand();
        checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        await checkpoint.ExecuteNonQueryAsync();
    }

    private static async Task<SqliteConnection> LockAsync(string folder)
    {
        var connection = await OpenAsync(folder);
        await using var begin = connection.CreateCommand();
        begin.CommandText = "BEGIN EXCLUSIVE";
        await begin.ExecuteNonQueryAsync();
        return connection;
    }

    private static async Task<SqliteConnection> OpenAsync(string folder)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "incidentbot.db")};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }
}
