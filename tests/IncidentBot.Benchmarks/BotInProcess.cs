using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Store;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Benchmarks;

/// <summary>The domain with its real store in this process: no HTTP, and nothing is sent.</summary>
internal sealed class BotInProcess : IAsyncDisposable
{
    private readonly ScratchDirectory _directory = new();
    private readonly ServiceProvider _services;
    private readonly Person _maria = new(QuietPlatform.PlatformName, "maria", "maria");
    private int _lastKey;

    private BotInProcess()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["IncidentBot:DataDirectory"] = _directory.Path,
        }).Build());
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddIncidents();
        services.AddSingleton<IChatPlatform, QuietPlatform>();
        _services = services.BuildServiceProvider();
    }

    public static async Task<BotInProcess> StartAsync()
    {
        var bot = new BotInProcess();
        await bot.Get<IncidentStore>().PrepareAsync(CancellationToken.None);
        return bot;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <returns>The number of the incident, the only one of <paramref name="room"/>.</returns>
    public async Task<int> DeclareAsync(string room) => (await TypeAsync(room, "/incident start sev2 Checkout answers 500 --service checkout")).IncidentNumber!.Value;

    public async Task<CommandAnswer> TypeAsync(string room, string text)
    {
        var inbound = new InboundCommand(
            $"bench:{Interlocked.Increment(ref _lastKey)}",
            new Conversation(QuietPlatform.PlatformName, room),
            _maria,
            text,
            "UTC",
            Get<TimeProvider>().GetUtcNow(),
            InboundCommand.NoMentions);
        var answer = await Get<CommandDispatcher>().HandleAsync(inbound, CancellationToken.None);
        return answer.IsRefused ? throw new InvalidOperationException($"\"{text}\" was refused: {answer.Message.ToPlainText()}") : answer;
    }

    /// <summary>Many at once, which share their commits: how a long timeline is made quickly.</summary>
    public async Task TypeAllAsync(string room, IEnumerable<string> texts)
    {
        foreach (var some in texts.Chunk(200))
            await Task.WhenAll(some.Select(text => TypeAsync(room, text)));
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _directory.Dispose();
    }
}
