using System.Collections.Concurrent;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Store;
using IncidentBot.Incidents.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Incidents.Outbox;

/// <summary>
/// Sends what commands left in the outbox: in order within a lane, lanes beside each other. A transient fault keeps the lane
/// waiting with a growing, jittered pause; a permanent one is marked dead, logged, and the lane goes on.
/// What was sent and not yet marked when the process died is sent again with the same deduplication key.
/// </summary>
public sealed partial class OutboxDispatcher(
    IncidentStore store, OutboxSender sender, TimeProvider timeProvider, IncidentTelemetry telemetry, ILogger<OutboxDispatcher> logger) : BackgroundService
{
    private const int BatchSize = 64;
    private const int MostUnexplainedFaults = 3;
    private const int MostLanes = 16;
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan MarkingPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan IdlePause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FaultPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ShortestRoomPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestRoomPause = TimeSpan.FromSeconds(30);

    /// <summary>How often a lane's fault that stays the same is told.</summary>
    private static readonly TimeSpan Reminder = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _signal = new(1);
    private readonly Dictionary<string, Task> _lanes = [];
    private readonly ConcurrentDictionary<string, (string Error, DateTimeOffset At)> _told = [];

    /// <summary>Returns when nothing is left that could be sent now.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        while ((await DueLanesAsync(cancellationToken)).Due is [_, ..] due)
        {
            foreach (var lane in due)
                await RunLaneAsync(lane, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        store.Committed += Signal;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var pause = await StartDueLanesOrWaitAsync(stoppingToken);
                await _signal.WaitAsync(pause, stoppingToken);
                // Under load a commit follows a commit: look at the lanes a few dozen times a second, not at each.
                await Task.Delay(Gathering, timeProvider, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; what is pending is sent after the next start.
        }
        finally
        {
            store.Committed -= Signal;
            await Task.WhenAll(_lanes.Values);
        }
    }

    public override void Dispose()
    {
        _signal.Dispose();
        base.Dispose();
    }

    private void Signal()
    {
        // One waiting signal is enough: the loop looks at everything that is due.
        if (_signal.CurrentCount == 0)
            _signal.Release();
    }

    private async Task<TimeSpan> StartDueLanesOrWaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await StartDueLanesAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // The database does not answer; the bot goes on and looks again.
            Log.StoreFailed(logger, fault);
            return FaultPause;
        }
    }

    /// <returns>How long until the next lane is due.</returns>
    private async Task<TimeSpan> StartDueLanesAsync(CancellationToken cancellationToken)
    {
        foreach (var (lane, _) in _lanes.Where(l => l.Value.IsCompleted).ToList())
            _lanes.Remove(lane);
        var (due, next) = await DueLanesAsync(cancellationToken);
        foreach (var lane in due.Where(lane => !_lanes.ContainsKey(lane)).Take(MostLanes - _lanes.Count))
        {
            _lanes[lane] = Task.Run(() => RunLaneAndSignalAsync(lane, cancellationToken), CancellationToken.None);
        }
        var pause = next - timeProvider.GetUtcNow();
        return pause < TimeSpan.Zero ? TimeSpan.Zero : pause < IdlePause ? pause.Value : IdlePause;
    }

    private async Task<(List<string> Due, DateTimeOffset? Next)> DueLanesAsync(CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        await using var db = store.Read();
        // The oldest message of a lane decides: the ones behind it wait for it.
        var lanes = await db.Outbox
            .Where(m => m.State == OutboxState.Pending)
            .GroupBy(m => m.Lane)
            .Select(lane => new { Lane = lane.Key, NotBefore = lane.Max(m => m.NotBefore), Count = lane.Count() })
            .ToListAsync(cancellationToken);
        telemetry.MessagesPending(lanes.Sum(l => l.Count));
        var due = lanes.Where(l => l.NotBefore is null || l.NotBefore <= now).Select(l => l.Lane).ToList();
        return (due, lanes.Where(l => l.NotBefore > now).Min(l => l.NotBefore));
    }

    private async Task RunLaneAndSignalAsync(string lane, CancellationToken cancellationToken)
    {
        try
        {
            await RunLaneAsync(lane, cancellationToken);
            Signal();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping: the rest is sent after the next start.
        }
        catch (Exception fault)
        {
            // The store is out of reach; the next signal or the idle pause tries again.
            Log.LaneFailed(logger, lane, fault);
        }
    }

    private async Task RunLaneAsync(string lane, CancellationToken cancellationToken)
    {
        while (await NextAsync(lane, cancellationToken) is { Count: > 0 } batch)
        {
            if (!await SendAsync(batch, cancellationToken))
                return;
        }
    }

    private async Task<List<OutboxMessage>> NextAsync(string lane, CancellationToken cancellationToken)
    {
        await using var db = store.Read();
        return await db.Outbox
            .Where(m => m.State == OutboxState.Pending && m.Lane == lane)
            .OrderBy(m => m.Id)
            .Take(BatchSize)
            .ToListAsync(cancellationToken);
    }

    /// <returns>False when the lane has to wait.</returns>
    private async Task<bool> SendAsync(List<OutboxMessage> batch, CancellationToken cancellationToken)
    {
        // A fast platform gets many before they are marked in one go, a slow one each for itself: a crash in between repeats
        // what was not marked yet, with its keys.
        var sent = new List<long>(batch.Count);
        var since = timeProvider.GetTimestamp();
        var goesOn = true;
        try
        {
            for (var i = 0; i < batch.Count && goesOn; i++)
            {
                var message = batch[i];
                try
                {
                    var behind = batch.Skip(i + 1);
                    await telemetry.SendAsync(message, () => sender.SendAsync(message, behind, cancellationToken));
                    sent.Add(message.Id);
                    _told.TryRemove(message.Lane, out _);
                    if (timeProvider.GetElapsedTime(since) > MarkingPause)
                    {
                        await MarkSentAsync(sent);
                        since = timeProvider.GetTimestamp();
                    }
                }
                catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
                {
                    goesOn = await FailAsync(message, fault, cancellationToken);
                }
            }
        }
        finally
        {
            await MarkSentAsync(sent);
        }
        return goesOn;
    }

    private async Task MarkSentAsync(List<long> sent)
    {
        if (sent.Count == 0)
            return;
        var now = timeProvider.GetUtcNow();
        await store.WriteAsync(
            db => db.Outbox
                .Where(m => sent.Contains(m.Id))
                .ExecuteUpdateAsync(m => m.SetProperty(x => x.State, OutboxState.Sent).SetProperty(x => x.DoneAt, now), CancellationToken.None),
            CancellationToken.None);
        sent.ForEach(sender.Forget);
        sent.Clear();
    }

    private async Task<bool> FailAsync(OutboxMessage message, Exception fault, CancellationToken cancellationToken)
    {
        var platformFault = fault as ChatPlatformException;
        if (platformFault is { AwaitsRoom: true })
        {
            // As long as it has waited already: often while the room is about to come, seldom while its platform is down.
            var age = timeProvider.GetUtcNow() - message.CreatedAt;
            var wait = age < ShortestRoomPause ? ShortestRoomPause : age > LongestRoomPause ? LongestRoomPause : age;
            Log.AwaitsRoom(logger, message.Id, IncidentKey.Describe(message.IncidentNumber), wait);
            await MarkAsync(message, (m, now) => m.WaitUntil(now + wait));
            return false;
        }
        var error = platformFault?.Message ?? fault.GetType().Name;
        // A platform may be down for a day, and then the messages still count. A fault that nobody explained will not go away.
        var isHopeless = platformFault is { IsTransient: false } || (platformFault is null && message.Attempts + 1 >= MostUnexplainedFaults);
        if (isHopeless)
        {
            Log.GivenUp(logger, message.Id, IncidentKey.Describe(message.IncidentNumber), message.Platform, error, platformFault is null ? fault : null);
            // First, since after a crash in between nobody would find another way for it; what is done twice changes nothing.
            await sender.FallBackAsync(message, platformFault?.Message, cancellationToken);
            await MarkAsync(message, (m, now) => m.GiveUp(now, error));
            telemetry.MessageGivenUp(message.Platform);
            return true;
        }
        var pause = platformFault?.RetryAfter ?? Backoff(message.Attempts);
        TellRetry(message, error, pause, fault);
        await MarkAsync(message, (m, now) => m.RetryAt(now + pause, error));
        telemetry.MessageRetried(message.Platform);
        return false;
    }

    /// <summary>A platform that is down for a day fails every few minutes in every lane: a fault is told when it is new, and now and then while it lasts.</summary>
    private void TellRetry(OutboxMessage message, string error, TimeSpan pause, Exception fault)
    {
        var now = timeProvider.GetUtcNow();
        var incident = IncidentKey.Describe(message.IncidentNumber);
        var isKnown = _told.TryGetValue(message.Lane, out var told) && told.Error == error;
        if (!isKnown)
            Log.Retried(logger, message.Id, incident, message.Platform, pause, error);
        else if (now - told.At >= Reminder)
            Log.StillRetried(logger, message.Id, incident, message.Platform, message.CreatedAt, error);
        if (!isKnown || now - told.At >= Reminder)
            _told[message.Lane] = (error, now);
        Log.RetriedBecause(logger, message.Id, incident, fault);
    }

    private static TimeSpan Backoff(int attempts)
    {
        var seconds = Math.Min(Math.Pow(2, Math.Min(attempts, 16)), LongestPause.TotalSeconds);
        return TimeSpan.FromSeconds(seconds * (0.75 + (Random.Shared.NextDouble() / 2)));
    }

    // What was done is written down even while the host stops, or it would be done again.
    private async Task MarkAsync(OutboxMessage message, Action<OutboxMessage, DateTimeOffset> mark)
    {
        await store.WriteAsync(async db =>
        {
            db.Attach(message);
            mark(message, timeProvider.GetUtcNow());
            return await db.SaveChangesAsync(CancellationToken.None);
        }, CancellationToken.None);
        sender.Forget(message.Id);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Outbox message {Id} ({Incident}) for {Platform} is given up: {Error}")]
        public static partial void GivenUp(ILogger logger, long id, string incident, string platform, string error, Exception? exception);

        [LoggerMessage(2, LogLevel.Warning, "Outbox message {Id} ({Incident}) for {Platform} failed and is tried again in {Pause}: {Error}")]
        public static partial void Retried(ILogger logger, long id, string incident, string platform, TimeSpan pause, string error);

        [LoggerMessage(5, LogLevel.Information, "Outbox message {Id} ({Incident}) for {Platform} waits since {Since:u} and is tried again: {Error}")]
        public static partial void StillRetried(ILogger logger, long id, string incident, string platform, DateTimeOffset since, string error);

        [LoggerMessage(6, LogLevel.Debug, "Why outbox message {Id} ({Incident}) is tried again")]
        public static partial void RetriedBecause(ILogger logger, long id, string incident, Exception exception);

        [LoggerMessage(7, LogLevel.Debug, "Outbox message {Id} waits {Pause} for the room of {Incident}")]
        public static partial void AwaitsRoom(ILogger logger, long id, string incident, TimeSpan pause);

        [LoggerMessage(3, LogLevel.Error, "Lane {Lane} of the outbox stopped")]
        public static partial void LaneFailed(ILogger logger, string lane, Exception exception);

        [LoggerMessage(4, LogLevel.Error, "The outbox cannot be read")]
        public static partial void StoreFailed(ILogger logger, Exception exception);
    }
}
