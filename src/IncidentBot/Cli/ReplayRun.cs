using System.Runtime.CompilerServices;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Reminders;
using IncidentBot.Incidents.Store;

namespace IncidentBot.Cli;

/// <summary>The bot's handlers on a throw-away store, with a clock that a transcript sets.</summary>
internal sealed class ReplayRun : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("incidentbot-replay-");
    private readonly Conversation _room = new(TranscriptPlatform.PlatformName, "room");
    private readonly TranscriptClock _clock = new();
    private readonly ServiceProvider _services;

    private ReplayRun(TimeZoneInfo zone, IConfiguration configuration)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddConfiguration(configuration).AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["IncidentBot:DataDirectory"] = _directory.FullName,
            ["IncidentBot:TimeZone"] = zone.Id,
        }).Build());
        services.AddLogging();
        services.AddIncidents();
        services.AddSingleton<TimeProvider>(_clock);
        services.AddSingleton<IChatPlatform, TranscriptPlatform>();
        _services = services.BuildServiceProvider();
    }

    public IncidentStore Store => _services.GetRequiredService<IncidentStore>();

    public static async Task<ReplayRun> PrepareAsync(TimeZoneInfo zone, IConfiguration configuration, CancellationToken cancellationToken)
    {
        var run = new ReplayRun(zone, configuration);
        await run.Store.PrepareAsync(cancellationToken);
        return run;
    }

    public Task<CommandAnswer> FeedAsync(TranscriptMessage message, CancellationToken cancellationToken)
    {
        _clock.Now = message.At.ToUniversalTime();
        var by = new Person(TranscriptPlatform.PlatformName, message.User, message.User);
        var inbound = new InboundCommand($"line-{message.Line}", _room, by, message.Text, null, message.At, InboundCommand.NoMentions);
        return _services.GetRequiredService<CommandDispatcher>().HandleAsync(inbound, cancellationToken);
    }

    /// <summary>Lets time pass: the reminders that are due until then, one after the other.</summary>
    public async IAsyncEnumerable<(Reminder Reminder, string What)> PassAsync(DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reminders = _services.GetRequiredService<ReminderDispatcher>();
        while ((await reminders.ListWaitingAsync(cancellationToken)).Where(r => r.RunAt <= until).OrderBy(r => r.RunAt).ThenBy(r => r.Id).ToList() is [var next, ..])
        {
            _clock.Now = next.RunAt;
            if (await reminders.FireAsync(next.Id, cancellationToken) is { State: ReminderState.Fired } fired)
                yield return (fired, reminders.Describe(fired));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private sealed class TranscriptClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
