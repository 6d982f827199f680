using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Incidents.Store;

/// <summary>
/// The incidents on disk: all writing goes through <see cref="WriteAsync"/>, reading has connections of its own and never waits
/// for it.
/// </summary>
public sealed class IncidentStore : IAsyncDisposable
{
    public const string FileName = "incidentbot.db";
    private const string LockFileName = "incidentbot.lock";

    private readonly string _path;
    private readonly PooledDbContextFactory<SqliteIncidentDbContext> _reading;
    private readonly GroupCommitWriter<SqliteIncidentDbContext> _writer;
    private FileStream? _lock;

    /// <param name="dataDirectory">Is created when it does not exist.</param>
    public IncidentStore(string dataDirectory, ILoggerFactory loggers)
    {
        DataDirectory = Path.GetFullPath(dataDirectory);
        _path = Path.Combine(DataDirectory, FileName);
        _reading = new PooledDbContextFactory<SqliteIncidentDbContext>(SqliteIncidentDbContext.ReadingFrom(_path));
        _writer = new GroupCommitWriter<SqliteIncidentDbContext>(
            _path,
            connection => new SqliteIncidentDbContext(SqliteIncidentDbContext.On(connection)),
            loggers.CreateLogger<GroupCommitWriter<SqliteIncidentDbContext>>());
    }

    public string DataDirectory { get; }

    /// <inheritdoc cref="GroupCommitWriter{TContext}.Committed"/>
    public event Action? Committed
    {
        add => _writer.Committed += value;
        remove => _writer.Committed -= value;
    }

    /// <summary>Raised after a commit that added or changed reminders, on the thread of whoever wrote: do no work in it.</summary>
    public event Action? RemindersChanged;

    /// <inheritdoc cref="GroupCommitWriter{TContext}.ExecuteAsync"/>
    public async Task<T> WriteAsync<T>(Func<IncidentDbContext, Task<T>> work, CancellationToken cancellationToken)
    {
        var (result, hasChangedReminders) = await _writer.ExecuteAsync(
            async db =>
            {
                db.HasChangedReminders = false;
                return (await work(db), db.HasChangedReminders);
            },
            cancellationToken);
        if (hasChangedReminders)
            RemindersChanged?.Invoke();
        return result;
    }

    /// <summary>A context for reading; the caller disposes it. Nothing it loads is tracked.</summary>
    public IncidentDbContext Read() => _reading.CreateDbContext();

    /// <summary>Several queries that see the same moment.</summary>
    /// <exception cref="StoreUnavailableException">The database does not answer.</exception>
    public async Task<T> ReadAsync<T>(Func<IncidentDbContext, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = Read();
            var connection = (SqliteConnection)db.Database.GetDbConnection();
            await connection.OpenAsync(cancellationToken);
            // Deferred: a read transaction, which waits for nobody and makes nobody wait.
            await using var moment = connection.BeginTransaction(deferred: true);
            await db.Database.UseTransactionAsync(moment, cancellationToken);
            return await read(db);
        }
        catch (SqliteException fault)
        {
            throw StoreUnavailableException.From(fault, _path);
        }
    }

    /// <summary>Looks at the file without changing it, also while a bot uses it.</summary>
    /// <returns>The migrations that a start would apply; null when there is no file yet.</returns>
    /// <exception cref="StoreUnavailableException">Says what is wrong with the file.</exception>
    public async Task<IReadOnlyList<string>?> InspectAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(_path))
            return null;
        try
        {
            await using var db = Read();
            await db.Database.OpenConnectionAsync(cancellationToken);
            await SqliteFile.CheckAsync((SqliteConnection)db.Database.GetDbConnection(), cancellationToken);
            return [.. await db.Database.GetPendingMigrationsAsync(cancellationToken)];
        }
        catch (SqliteException fault)
        {
            throw StoreUnavailableException.From(fault, _path);
        }
    }

    /// <summary>Claims the data directory for this process, checks the file and brings its schema up to date.</summary>
    /// <exception cref="StoreUnavailableException">Says what is wrong with the folder or the file.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        ClaimDataDirectory();
        try
        {
            await using var connection = SqliteFile.OpenForWriting(SqliteFile.ConnectionString(_path));
            await SqliteFile.CheckAsync(connection, cancellationToken);
            await using var context = new SqliteIncidentDbContext(SqliteIncidentDbContext.On(connection));
            if ((await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            {
                // The data directory is ours alone, so a migration lock in it was left by a process that was killed.
                await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
                await context.Database.MigrateAsync(cancellationToken);
            }
        }
        catch (SqliteException fault)
        {
            throw StoreUnavailableException.From(fault, _path);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        SqliteConnection.ClearAllPools();
        if (_lock is not null)
            await _lock.DisposeAsync();
    }

    private void ClaimDataDirectory()
    {
        try
        {
            Directory.CreateDirectory(DataDirectory);
            // The lock goes away with the process, however it ends.
            _lock = new FileStream(Path.Combine(DataDirectory, LockFileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new StoreUnavailableException(
                $"The data directory {DataDirectory} cannot be written. Give the bot's user the right to write there, or set IncidentBot:DataDirectory.", "The data directory cannot be written.", fault);
        }
        catch (IOException fault)
        {
            throw new StoreUnavailableException(
                $"The data directory {DataDirectory} is in use by another IncidentBot, or cannot be written. Stop the other one, or set IncidentBot:DataDirectory to a folder of its own.", "The data directory cannot be used.", fault);
        }
    }
}
