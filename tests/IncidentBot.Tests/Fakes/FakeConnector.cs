using IncidentBot.Tests.Fakes.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Tests.Fakes;

/// <summary>Microsoft's side of Teams as a far end over real HTTP.</summary>
public sealed class FakeConnector : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeConnector(TimeProvider clock)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        Login = new FakeLogin(clock, () => Url);
        Login.Map(_app);
        Teams = new FakeTeams(clock);
        Teams.Map(_app, "/emea", Login.IsToken);
        Teams.Map(_app, "/amer", Login.IsToken);
    }

    /// <summary>Signs what Teams sends, and gives the bot its tokens.</summary>
    public FakeLogin Login { get; }

    /// <summary>What people see.</summary>
    public FakeTeams Teams { get; }

    public string Url => _app.Urls.Single();

    /// <summary>What activities name as their <c>serviceUrl</c>.</summary>
    public string ServiceUrl => Url + "/emea/";

    public static async Task<FakeConnector> StartAsync(TimeProvider clock)
    {
        var connector = new FakeConnector(clock);
        await connector._app.StartAsync();
        return connector;
    }

    public async ValueTask DisposeAsync()
    {
        Login.Dispose();
        Teams.Release();
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
    }
}
