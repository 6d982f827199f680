using System.Globalization;
using IncidentBot.Incidents.Reminders;
using IncidentBot.Incidents.Store;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Quartz;

namespace IncidentBot.Jobs;

/// <summary>A running Quartz scheduler on its file, and in it one trigger for each reminder that waits.</summary>
internal sealed class ReminderTriggers : IAsyncDisposable
{
    private const string Name = "reminders";

    /// <summary>Each waits for the one writer of the database, which commits what waits together.</summary>
    private const int MostAtOnce = 8;

    /// <summary>A reminder that is late by more than this is triggered anew, whatever Quartz thinks of its trigger; nothing polls faster.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly IJobDetail Job = JobBuilder.Create<ReminderJob>().WithIdentity(Name, Name).StoreDurably().RequestRecovery().Build();

    private readonly StandaloneSchedulerFactory _factory;
    private readonly IScheduler _scheduler;
    private readonly string _connectionString;
    private readonly TimeProvider _timeProvider;

    private ReminderTriggers(StandaloneSchedulerFactory factory, IScheduler scheduler, string connectionString, TimeProvider timeProvider)
    {
        _factory = factory;
        _scheduler = scheduler;
        _connectionString = connectionString;
        _timeProvider = timeProvider;
    }

    public bool IsRunning => _scheduler.Status == SchedulerStatus.Running;

    /// <param name="path">Is created when it does not exist.</param>
    public static async Task<ReminderTriggers> StartAsync(
        string path, ReminderDispatcher dispatcher, TimeProvider timeProvider, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var connectionString = SqliteFile.ConnectionString(path);
        await SchedulerFile.CheckAsync(path, cancellationToken);
        // Not the host's own container: what Quartz builds there cannot be built a second time, and a file that was damaged needs that.
        var factory = QuartzSchedulerBuilder.Create(quartz =>
        {
            quartz.Services.AddSingleton(loggers);
            quartz.Services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
            // Without any provider Quartz takes the factory for an empty one, and logs elsewhere.
            quartz.Services.AddSingleton<ILoggerProvider>(NullLoggerProvider.Instance);
            quartz.Services.AddSingleton(dispatcher);
            quartz.ConfigureScheduler(o =>
            {
                o.InstanceName = Name;
                o.IdleWaitTime = Patience;
            });
            quartz.UseTimeProvider(timeProvider);
            quartz.UseDefaultThreadPool(MostAtOnce);
            quartz.UsePersistentStore(store =>
            {
                store.ProvisionSchema();
                store.ConfigureStore(o =>
                {
                    // It looks for misfires as often as that.
                    o.MisfireThreshold = Patience;
                    o.StoreJobDataAsStrings = true;
                    // What waits for a file that is locked does not keep the process from ending.
                    o.UseBackgroundThreads = true;
                });
                store.UseSqlite(SqliteFactory.Instance, connectionString);
            });
        }).Build();
        try
        {
            var scheduler = await factory.GetScheduler(cancellationToken);
            await scheduler.Start(cancellationToken);
            return new ReminderTriggers(factory, scheduler, connectionString, timeProvider);
        }
        catch
        {
            try
            {
                await DisposeAsync(factory, connectionString);
            }
            catch (Exception)
            {
                // The first fault is the one that says why it does not start.
            }
            throw;
        }
    }

    /// <summary>Brings the triggers in line with what waits: adds those that are missing or late, takes away those that are too many.</summary>
    public async Task ReconcileAsync(Func<Task<IReadOnlyList<ScheduledReminder>>> listWaiting, CancellationToken cancellationToken)
    {
        // The triggers first: what is done between the two looks then has a trigger too many, and not a reminder without one.
        var existing = (await _scheduler.GetTriggerKeys(GroupMatcher<TriggerKey>.GroupEquals(Name), cancellationToken)).ToHashSet();
        var waiting = (await listWaiting()).ToDictionary(KeyOf);
        var now = _timeProvider.GetUtcNow();
        var tooMany = existing.Where(key => !waiting.ContainsKey(key)).ToList();
        if (tooMany.Count > 0)
            await _scheduler.UnscheduleJobs(tooMany, cancellationToken);
        var missing = waiting.Where(w => !existing.Contains(w.Key) || w.Value.RunAt + Patience < now).Select(w => TriggerOf(w.Key, w.Value, now)).ToList();
        if (missing.Count > 0)
            await _scheduler.ScheduleJob(Job, missing, ScheduleJobOptions.Replacing, cancellationToken);
    }

    /// <summary>Lets the jobs that run come to their end, as long as the token allows.</summary>
    public async Task StopAsync(CancellationToken patience) => await _scheduler.Shutdown(waitForJobsToComplete: true, patience);

    public ValueTask DisposeAsync() => DisposeAsync(_factory, _connectionString);

    private static async ValueTask DisposeAsync(StandaloneSchedulerFactory factory, string connectionString)
    {
        await factory.DisposeAsync();
        await using var connection = new SqliteConnection(connectionString);
        // Connections that are kept would go on using a file that is moved away.
        SqliteConnection.ClearPool(connection);
    }

    /// <summary>With the time in it, so that a reminder whose time changed needs another trigger.</summary>
    private static TriggerKey KeyOf(ScheduledReminder reminder) => new(string.Create(CultureInfo.InvariantCulture, $"{reminder.Id}@{reminder.RunAt.UtcTicks}"), Name);

    private static ITrigger TriggerOf(TriggerKey key, ScheduledReminder reminder, DateTimeOffset now) => TriggerBuilder.Create()
        .WithIdentity(key)
        .ForJob(Job)
        .UsingJobData(ReminderJob.IdKey, reminder.Id.ToString(CultureInfo.InvariantCulture))
        .StartAt(reminder.RunAt < now ? now : reminder.RunAt)
        .WithSimpleSchedule(schedule => schedule.WithMisfireInstruction(SimpleTriggerMisfireInstruction.FireNow))
        .Build();
}
