using IncidentBot.Incidents.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace IncidentBot.LocalChat.Store;

/// <summary>The chat's file in the data directory: one writer, any number of readers.</summary>
public sealed class LocalChatDatabase : IAsyncDisposable
{
    private const string FileName = "localchat.db";

    /// <summary>
    /// The schema, step by step; <c>user_version</c>, which each step sets, counts those that were done. Plain DDL instead of EF migrations: it is four
    /// tables of one provider, and migrations would need a second start-up project and context only for this file.
    /// </summary>
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE rooms (Id TEXT PRIMARY KEY, Topic TEXT NOT NULL, IncidentNumber INTEGER, DeclaredById TEXT, IsPrivate INTEGER NOT NULL,
            Members TEXT NOT NULL, DeduplicationKey TEXT NOT NULL UNIQUE, CreatedAt INTEGER NOT NULL, LastMessageId INTEGER NOT NULL);
        CREATE TABLE messages (Id INTEGER PRIMARY KEY AUTOINCREMENT, RoomId TEXT NOT NULL REFERENCES rooms (Id), AuthorId TEXT, At INTEGER NOT NULL,
            EditedAt INTEGER, IsPinned INTEGER NOT NULL, Content TEXT NOT NULL, DeduplicationKey TEXT NOT NULL UNIQUE, FileName TEXT, FileContent TEXT);
        CREATE INDEX messages_by_room ON messages (RoomId, Id);
        CREATE TABLE people (Id TEXT PRIMARY KEY, Name TEXT NOT NULL, ZoneId TEXT NOT NULL);
        CREATE TABLE events (Id INTEGER PRIMARY KEY AUTOINCREMENT, Type TEXT NOT NULL, Audience TEXT NOT NULL, Data TEXT NOT NULL);
        INSERT INTO people VALUES ('maria', 'maria', 'Europe/Madrid'), ('li', 'li', 'Asia/Singapore'), ('sam', 'sam', 'America/New_York');
        INSERT INTO rooms VALUES ('general', 'Everyone is here. Declare an incident when something breaks.', NULL, NULL, 0, '[]', 'name:general', 0, 0);
        PRAGMA user_version = 1;
        """,
    ];

    private readonly string _path;
    private readonly string _connectionString;
    private readonly PooledDbContextFactory<LocalChatContext> _reading;
    private readonly GroupCommitWriter<LocalChatContext> _writer;

    public LocalChatDatabase(string dataDirectory, LocalChatSignal signal, ILogger<GroupCommitWriter<LocalChatContext>> logger)
    {
        _path = Path.Combine(dataDirectory, FileName);
        _connectionString = SqliteFile.ConnectionString(_path);
        _reading = new PooledDbContextFactory<LocalChatContext>(new DbContextOptionsBuilder<LocalChatContext>()
            .UseSqlite(_connectionString)
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .Options);
        _writer = new GroupCommitWriter<LocalChatContext>(
            _path, connection => new LocalChatContext(new DbContextOptionsBuilder<LocalChatContext>().UseSqlite(connection).Options), logger);
        _writer.Committed += signal.Set;
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    /// <summary>Creates the file or brings it up to date.</summary>
    /// <exception cref="StoreUnavailableException">Says what is wrong with the file.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            await MigrateAsync(cancellationToken);
        }
        catch (SqliteException fault)
        {
            throw StoreUnavailableException.From(fault, _path);
        }
    }

    /// <summary>Nothing that is read is tracked.</summary>
    public async Task<T> ReadAsync<T>(Func<LocalChatContext, Task<T>> query, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = _reading.CreateDbContext();
            return await query(db);
        }
        catch (SqliteException fault)
        {
            throw StoreUnavailableException.From(fault, _path);
        }
    }

    /// <summary>One commit, on disk before this returns; the open pages are then told to look for new events.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was written.</exception>
    public Task<T> WriteAsync<T>(Func<LocalChatContext, Task<T>> change, CancellationToken cancellationToken) =>
        _writer.ExecuteAsync(
            async db =>
            {
                var result = await change(db);
                await db.SaveChangesAsync(cancellationToken);
                return result;
            },
            cancellationToken);

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var connection = SqliteFile.OpenForWriting(_connectionString);
        await using var db = new LocalChatContext(new DbContextOptionsBuilder<LocalChatContext>().UseSqlite(connection).Options);
        var done = await db.Database.SqlQuery<int>($"SELECT user_version AS Value FROM pragma_user_version").SingleAsync(cancellationToken);
        for (var step = done; step < Steps.Length; step++)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.Database.ExecuteSqlRawAsync(Steps[step], cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }
}
