using System.Threading.Channels;
using IncidentBot.Incidents.Reminders;
using IncidentBot.Incidents.Store;

namespace IncidentBot.Jobs;

/// <summary>
/// Keeps a trigger in Quartz for each reminder that waits: at the start, when reminders changed, and once a minute. The reminders are
/// the truth; whatever is the matter with Quartz or its file costs time, and no reminder.
/// </summary>
internal sealed partial class ReminderScheduler(
    IncidentStore store, ReminderDispatcher dispatcher, TimeProvider timeProvider, ILoggerFactory loggers, ILogger<ReminderScheduler> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Under load a commit follows a commit.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(3);

    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly string _path = Path.Combine(store.DataDirectory, SchedulerFile.Name);
    private volatile ReminderTriggers? _triggers;
    private bool _isPrepared;
    private volatile string? _fault = "it has not started yet";

    public bool IsRunning => _triggers is { IsRunning: true };

    /// <summary>Why reminders and triggers could not be reconciled the last time; null when they could.</summary>
    public string? Fault => _fault;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(LongestStop);
        await base.StopAsync(patience.Token);
        _fault = "it was stopped";
        if (Interlocked.Exchange(ref _triggers, null) is not { } triggers)
            return;
        try
        {
            // Its calls of a file that is locked block.
            await Task.Run(() => StopAsync(triggers, patience.Token), CancellationToken.None).WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            Log.StoppedInTheMiddle(logger);
        }
        catch (Exception fault)
        {
            // The host stops all the same; what waits is in the reminders.
            Log.NotClosed(logger, fault);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        store.RemindersChanged += Signal;
        await using var timer = timeProvider.CreateTimer(_ => Signal(), null, Interval, Interval);
        try
        {
            while (true)
            {
                await ReconcileAsync(stoppingToken);
                await _signal.Reader.ReadAsync(stoppingToken);
                await Task.Delay(Gathering, timeProvider, stoppingToken);
                _signal.Reader.TryRead(out _);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; what waits is scheduled after the next start.
        }
        finally
        {
            store.RemindersChanged -= Signal;
        }
    }

    private void Signal() => _signal.Writer.TryWrite(true);

    private async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_triggers is { } running)
                await ReconcileAsync(running, cancellationToken);
            else
                _triggers = await OpenAsync(cancellationToken);
            // Not ahead of it: a database that takes nothing now must not keep the scheduler from running.
            if (!_isPrepared)
            {
                await dispatcher.PrepareAsync(cancellationToken);
                _isPrepared = true;
            }
            _fault = null;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception fault)
        {
            _fault = fault is StoreUnavailableException ? fault.Message : SchedulerFile.Explain(fault, _path);
            var isExplained = fault is StoreUnavailableException || SchedulerFile.MayRecover(fault);
            Log.Failed(logger, _fault, isExplained ? null : fault);
            if (!isExplained && Interlocked.Exchange(ref _triggers, null) is { } triggers)
                await CloseAsync(triggers);
        }
    }

    /// <summary>On the file as it is or, where that cannot be used, on a new one.</summary>
    private async Task<ReminderTriggers> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await TryOpenAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or StoreUnavailableException) && !SchedulerFile.MayRecover(fault))
        {
            Log.MovedAside(logger, _path, SchedulerFile.MoveAside(_path), fault.GetBaseException().Message);
            return await TryOpenAsync(cancellationToken);
        }
    }

    private async Task<ReminderTriggers> TryOpenAsync(CancellationToken cancellationToken)
    {
        var triggers = await ReminderTriggers.StartAsync(_path, dispatcher, timeProvider, loggers, cancellationToken);
        try
        {
            await ReconcileAsync(triggers, cancellationToken);
            return triggers;
        }
        catch
        {
            await CloseAsync(triggers);
            throw;
        }
    }

    private Task ReconcileAsync(ReminderTriggers triggers, CancellationToken cancellationToken) =>
        triggers.ReconcileAsync(() => dispatcher.ListWaitingAsync(cancellationToken), cancellationToken);

    private static async Task StopAsync(ReminderTriggers triggers, CancellationToken patience)
    {
        await triggers.StopAsync(patience);
        await triggers.DisposeAsync();
    }

    private async Task CloseAsync(ReminderTriggers triggers)
    {
        try
        {
            await triggers.DisposeAsync();
        }
        catch (Exception fault)
        {
            // On a file that is damaged it may not come to its end; a new one begins all the same.
            Log.NotClosed(logger, fault);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Reminders could not be scheduled, the next minute tries again: {Reason}")]
        public static partial void Failed(ILogger logger, string reason, Exception? exception);

        [LoggerMessage(2, LogLevel.Warning, "The schedule in {Path} cannot be used and was moved to {Aside}; it is made anew, and no reminder is lost: {Reason}")]
        public static partial void MovedAside(ILogger logger, string path, string aside, string reason);

        [LoggerMessage(3, LogLevel.Warning, "The scheduler is stopped before its jobs came to their end; they run again after the next start")]
        public static partial void StoppedInTheMiddle(ILogger logger);

        [LoggerMessage(4, LogLevel.Warning, "The scheduler did not close")]
        public static partial void NotClosed(ILogger logger, Exception exception);
    }
}
