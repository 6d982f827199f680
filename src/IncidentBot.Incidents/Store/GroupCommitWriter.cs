using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Incidents.Store;

/// <summary>
/// The one writer of a SQLite file. Work queues up; a single worker takes up to <see cref="BatchSize"/> pieces, runs each under a
/// savepoint in one transaction, commits once (<c>synchronous=FULL</c>: on disk), and only then completes them all. Work that
/// throws is rolled back to its savepoint and harms no other; a fault of the file fails the whole batch with
/// <see cref="StoreUnavailableException"/>, and nothing of it is written.
/// </summary>
public sealed partial class GroupCommitWriter<TContext> : IAsyncDisposable
    where TContext : DbContext
{
    private const int BatchSize = 256;
    private const string Savepoint = "work";

    private readonly Channel<WorkItem> _queue = Channel.CreateBounded<WorkItem>(new BoundedChannelOptions(16 * BatchSize) { SingleReader = true });
    private readonly string _path;
    private readonly string _connectionString;
    private readonly Func<DbConnection, TContext> _createContext;
    private readonly ILogger _logger;
    private readonly Task _worker;

    /// <param name="createContext">Makes a context on the writer's own open connection.</param>
    public GroupCommitWriter(string path, Func<DbConnection, TContext> createContext, ILogger<GroupCommitWriter<TContext>> logger)
    {
        _path = path;
        _connectionString = SqliteFile.ConnectionString(path, isPooled: false);
        _createContext = createContext;
        _logger = logger;
        _worker = Task.Run(RunAsync);
    }

    /// <summary>Raised after each commit, on the writer's thread: do no work in it.</summary>
    public event Action? Committed;

    /// <summary>
    /// Runs <paramref name="work"/>, which saves its own changes, and returns when they are on disk. It must touch nothing but
    /// its context: everything of a batch waits for it.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Nothing was written.</exception>
    public async Task<T> ExecuteAsync<T>(Func<TContext, Task<T>> work, CancellationToken cancellationToken)
    {
        var item = new WorkItem<T>(work, cancellationToken);
        await _queue.Writer.WriteAsync(item, cancellationToken);
        return await item.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _worker;
    }

    private async Task RunAsync()
    {
        SqliteConnection? connection = null;
        TContext? context = null;
        var batch = new List<WorkItem>(BatchSize);
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < BatchSize && _queue.Reader.TryRead(out var item))
            {
                if (!item.IsCancelled())
                    batch.Add(item);
            }
            try
            {
                connection ??= SqliteFile.OpenForWriting(_connectionString);
                context ??= CreateContext(connection);
                await CommitAsync(connection, context, batch);
            }
            catch (Exception fault)
            {
                Log.BatchFailed(_logger, batch.Count, fault);
                var unavailable = fault is SqliteException sqlite ? StoreUnavailableException.From(sqlite, _path) : fault;
                batch.ForEach(item => item.Fail(unavailable));
                // A fresh connection, so that a file put back in place is used without a restart.
                Close();
            }
            batch.Clear();
        }
        Close();

        void Close()
        {
            context?.Dispose();
            context = null;
            connection?.Dispose();
            connection = null;
        }
    }

    private TContext CreateContext(SqliteConnection connection)
    {
        var context = _createContext(connection);
        context.Database.AutoSavepointsEnabled = false;
        return context;
    }

    private async Task CommitAsync(SqliteConnection connection, TContext context, List<WorkItem> batch)
    {
        await using var transaction = connection.BeginTransaction(deferred: false);
        await using var use = await context.Database.UseTransactionAsync(transaction);
        var done = new List<WorkItem>(batch.Count);
        foreach (var item in batch)
        {
            transaction.Save(Savepoint);
            try
            {
                await item.RunAsync(context);
                transaction.Release(Savepoint);
                done.Add(item);
            }
            catch (Exception fault) when (FileFaultIn(fault) is not { } file || !StoreUnavailableException.EndsTransaction(file))
            {
                transaction.Rollback(Savepoint);
                item.Fail(fault);
            }
            catch (Exception fault) when (FileFaultIn(fault) is { } file && file != fault)
            {
                throw file;
            }
            context.ChangeTracker.Clear();
        }
        transaction.Commit();
        done.ForEach(item => item.Complete());
        Committed?.Invoke();
    }

    private static SqliteException? FileFaultIn(Exception fault) => fault as SqliteException ?? fault.InnerException as SqliteException;

    private abstract class WorkItem
    {
        public abstract Task RunAsync(TContext context);

        public abstract void Complete();

        public abstract void Fail(Exception fault);

        /// <summary>Whether nobody waits for it any more; it is then not begun.</summary>
        public abstract bool IsCancelled();
    }

    private sealed class WorkItem<T>(Func<TContext, Task<T>> work, CancellationToken cancellationToken) : WorkItem
    {
        private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;

        public Task<T> Task => _completion.Task;

        public override async Task RunAsync(TContext context) => _result = await work(context);

        public override void Complete() => _completion.TrySetResult(_result!);

        public override void Fail(Exception fault) => _completion.TrySetException(fault);

        public override bool IsCancelled() => cancellationToken.IsCancellationRequested && _completion.TrySetCanceled(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A batch of {Count} could not be committed")]
        public static partial void BatchFailed(ILogger logger, int count, Exception exception);
    }
}
