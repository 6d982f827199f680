using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Outbox;
using IncidentBot.Incidents.Postmortems;
using IncidentBot.Incidents.Reminders;
using IncidentBot.Incidents.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Tests.Fakes;

/// <summary>The bot with its real database file and a fake platform: people type, and the rooms show what came of it.</summary>
public sealed class TestChat : IAsyncDisposable
{
    public const string General = "general";

    private readonly ServiceProvider _services;
    private readonly DirectoryInfo _directory;
    private int _lastKey;

    private TestChat(ServiceProvider services, DirectoryInfo directory, FakeChatPlatform platform, FakeTimeProvider time)
    {
        _services = services;
        _directory = directory;
        Platform = platform;
        Time = time;
    }

    public FakeChatPlatform Platform { get; }

    public FakeTimeProvider Time { get; }

    public IncidentStore Store => _services.GetRequiredService<IncidentStore>();

    public ReminderDispatcher Reminders => _services.GetRequiredService<ReminderDispatcher>();

    public IServiceProvider Services => _services;

    public CommandDispatcher Dispatcher => _services.GetRequiredService<CommandDispatcher>();

    public static async Task<TestChat> StartAsync(string now = "2026-03-02T09:14:00Z", string zone = "UTC", string? template = null, string platform = "fake", Dictionary<string, string?>? settings = null)
    {
        var directory = Directory.CreateTempSubdirectory("incidentbot-test-");
        var far = new FakeChatPlatform { Name = platform };
        var time = new FakeTimeProvider(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["IncidentBot:DataDirectory"] = directory.FullName,
            ["IncidentBot:TimeZone"] = zone,
            ["Postmortem:TemplatePath"] = template,
        }).AddInMemoryCollection(settings).Build());
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddIncidents();
        services.AddSingleton<TimeProvider>(time);
        services.AddSingleton<IChatPlatform>(far);
        var chat = new TestChat(services.BuildServiceProvider(), directory, far, time);
        await chat.Store.PrepareAsync(CancellationToken.None);
        return chat;
    }

    /// <summary>A minute passes before each message.</summary>
    public Task<CommandAnswer> TypeAsync(string user, string text, string room = General, string? key = null, string? zone = null)
    {
        Time.Advance(TimeSpan.FromMinutes(1));
        return Dispatcher.HandleAsync(Message(user, text, room, key, zone), CancellationToken.None);
    }

    public InboundCommand Message(string user, string text, string room = General, string? key = null, string? zone = null) => new(
        key ?? $"test:{Interlocked.Increment(ref _lastKey)}",
        new Conversation(Platform.Name, room),
        Somebody(user),
        text,
        zone,
        Time.GetUtcNow(),
        Mentions);

    /// <summary>The accounts that the platform knows by the names that are typed.</summary>
    public Dictionary<string, Person> Mentions { get; } = new(StringComparer.OrdinalIgnoreCase);

    public void Knows(params string[] names)
    {
        foreach (var name in names)
            Mentions[name] = Somebody(name);
    }

    public Task<CommandAnswer> SubmitAsync(string user, FormReference form, Dictionary<string, string> values, string? key = null) =>
        Dispatcher.SubmitFormAsync(
            new InboundForm(
                key ?? $"test:{Interlocked.Increment(ref _lastKey)}",
                new Conversation(Platform.Name, General),
                Somebody(user),
                form,
                values,
                null,
                Time.GetUtcNow(),
                InboundCommand.NoMentions),
            CancellationToken.None);

    /// <summary>Somebody does something otherwise than by typing.</summary>
    public Task<CommandAnswer> DoAsync(string user, Command command, string room = General, string? key = null) => Dispatcher.HandleAsync(
        new InboundAction(
            key ?? $"test:{Interlocked.Increment(ref _lastKey)}", new Conversation(Platform.Name, room), Somebody(user), command, null, Time.GetUtcNow()),
        CancellationToken.None);

    /// <summary>Delivers what the outbox holds.</summary>
    public Task DeliverAsync() => _services.GetRequiredService<OutboxDispatcher>().DrainAsync(CancellationToken.None);

    /// <summary>Time passes: each reminder is looked at when it is due, and what it says is delivered.</summary>
    public Task PassAsync(TimeSpan by) => PassingTime.PassAsync(Reminders, Time, Time.Advance, DeliverAsync, by);

    public Task PassUntilAsync(string time) => PassAsync(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture) - Time.GetUtcNow());

    public async Task<IncidentSnapshot> ReadAsync(int number = 1) =>
        await _services.GetRequiredService<IncidentReader>().ReadAsync(number, CancellationToken.None)
        ?? throw new InvalidOperationException($"There is no INC-{number}.");

    public async Task<PostmortemDraft> DraftAsync(int number = 1) =>
        _services.GetRequiredService<PostmortemRenderer>().Render(await ReadAsync(number), Time.GetUtcNow());

    public Person Somebody(string name) => new(Platform.Name, name, name);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
