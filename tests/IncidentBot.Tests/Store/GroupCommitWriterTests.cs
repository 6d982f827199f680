using IncidentBot.Incidents.Inbox;
using IncidentBot.Incidents.Store;
using IncidentBot.Tests.Fakes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace IncidentBot.Tests.Store;

public sealed class GroupCommitWriterTests
{
    [Fact]
    public async Task A_command_that_throws_harms_no_other_of_its_batch()
    {
        await using var chat = await TestChat.StartAsync();

        var writes = Enumerable.Range(0, 100).Select(i => chat.Store.WriteAsync(async db =>
        {
            db.Add(new InboxMessage($"key-{i}", DateTimeOffset.UnixEpoch, "{}"));
            await db.SaveChangesAsync();
            return i % 10 == 3 ? throw new InvalidOperationException("no") : i;
        }, CancellationToken.None)).ToList();
        await Task.WhenAll(writes).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Equal(10, writes.Count(w => w.IsFaulted));
        await using var db = chat.Store.Read();
        Assert.Equal(90, await db.Inbox.CountAsync());
    }

    [Fact]
    public async Task A_full_disk_is_told_and_nothing_half_is_written()
    {
        await using var chat = await TestChat.StartAsync();
        await chat.TypeAsync("maria", "/incident start sev2 Checkout is down");
        // SQLite gives the same error for a database that may not grow as for a full disk.
        await chat.Store.WriteAsync(async db =>
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA max_page_count = 1");
            return true;
        }, CancellationToken.None);

        var fault = await Assert.ThrowsAsync<StoreUnavailableException>(() => chat.TypeAsync("maria", "/timeline note " + new string('x', 500_000)));

        Assert.Contains("is full. Free some space", fault.Message, StringComparison.Ordinal);
        Assert.Single((await chat.ReadAsync()).Entries);
        // The writer opens the file anew, so that the next command works once there is space.
        Assert.False((await chat.TypeAsync("maria", "/timeline note after")).IsRefused);
    }

    [Fact]
    public async Task A_database_locked_by_another_process_is_told_and_works_again_afterwards()
    {
        await using var chat = await TestChat.StartAsync();
        await chat.TypeAsync("maria", "/incident start sev2 Checkout is down");
        await using (var other = new SqliteConnection(SqliteFile.ConnectionString(Path.Combine(chat.Store.DataDirectory, IncidentStore.FileName), isPooled: false)))
        {
            await other.OpenAsync();
            await using var command = other.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            await command.ExecuteNonQueryAsync();

            var fault = await Assert.ThrowsAsync<StoreUnavailableException>(() => chat.TypeAsync("maria", "/timeline note blocked"));
            Assert.Contains("is locked by another process", fault.Message, StringComparison.Ordinal);
        }

        Assert.False((await chat.TypeAsync("maria", "/timeline note after")).IsRefused);
        Assert.Equal(2, (await chat.ReadAsync()).Entries.Count);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_told_at_the_start()
    {
        var directory = Directory.CreateTempSubdirectory("incidentbot-test-");
        await File.WriteAllTextAsync(Path.Combine(directory.FullName, IncidentStore.FileName), new string('x', 10_000));
        await using (var store = new IncidentStore(directory.FullName, NullLoggerFactory.Instance))
        {
            var fault = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.PrepareAsync(CancellationToken.None));
            Assert.Contains("is damaged or is no SQLite database", fault.Message, StringComparison.Ordinal);
        }
        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Two_bots_do_not_share_a_data_directory()
    {
        await using var chat = await TestChat.StartAsync();
        await using var second = new IncidentStore(chat.Store.DataDirectory, NullLoggerFactory.Instance);

        var fault = await Assert.ThrowsAsync<StoreUnavailableException>(() => second.PrepareAsync(CancellationToken.None));

        Assert.Contains("is in use by another IncidentBot", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_migration_lock_that_a_killed_process_left_does_not_stop_the_start()
    {
        var directory = Directory.CreateTempSubdirectory("incidentbot-test-");
        await using (var connection = new SqliteConnection(SqliteFile.ConnectionString(Path.Combine(directory.FullName, IncidentStore.FileName))))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = """CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER PRIMARY KEY, "Timestamp" TEXT); INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01')""";
            await command.ExecuteNonQueryAsync();
        }
        await using (var store = new IncidentStore(directory.FullName, NullLoggerFactory.Instance))
            await store.PrepareAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));
        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task The_migrations_say_what_the_model_says()
    {
        await using var chat = await TestChat.StartAsync();
        await using var db = chat.Store.Read();

        Assert.False(db.Database.HasPendingModelChanges());
    }
}
