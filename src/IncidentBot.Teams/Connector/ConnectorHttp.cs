using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentBot.Teams.Connector;

/// <summary>The HTTP client for everything that is asked of Microsoft, by name from <see cref="IHttpClientFactory"/>.</summary>
internal static class ConnectorHttp
{
    public const string Name = "Teams";

    /// <summary>The keys' document alone is about 1 MB.</summary>
    private const int MostBytes = 16 << 20;

    public static void Add(IServiceCollection services) => services
        .AddHttpClient(Name, http =>
        {
            // Who calls has a time-out of its own, by the bot's clock.
            http.Timeout = Timeout.InfiniteTimeSpan;
            http.MaxResponseContentBufferSize = MostBytes;
        })
        .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            // A client that lives as long as the bot: the handler renews its connections, so that a moved address is noticed.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AutomaticDecompression = DecompressionMethods.All,
            // Secrets and tokens go to the configured address only.
            AllowAutoRedirect = false,
        })
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
        .RemoveAllLoggers();

    /// <summary>How long an answer asks to wait; null where it does not say, and for no pause at all: the same would be asked again at once.</summary>
    public static TimeSpan? PauseOf(HttpResponseMessage response, TimeProvider timeProvider)
    {
        var asked = response.Headers.RetryAfter;
        var pause = asked?.Delta ?? (asked?.Date is { } date ? date - timeProvider.GetUtcNow() : null);
        return pause > TimeSpan.Zero ? pause : null;
    }
}
