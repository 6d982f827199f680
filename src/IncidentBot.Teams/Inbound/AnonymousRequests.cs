using System.Net;
using IncidentBot.Teams.Schema;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace IncidentBot.Teams.Inbound;

/// <summary>
/// What <see cref="TeamsOptions.AllowAnonymousOnLoopback"/> lets in. The start is refused where the bot listens on an address that
/// another machine could reach; that is known once the server listens, and until then only this machine is answered anyway.
/// </summary>
internal sealed class AnonymousRequests(IServer server, IOptions<TeamsOptions> options) : IHostedLifecycleService
{
    /// <summary>
    /// Whether a request without a token is made by a program on this machine. A tunnel's or proxy's requests come from loopback, too,
    /// and so does what a page of any site sends in a browser; only what they say of themselves tells.
    /// </summary>
    public static bool IsOne(HttpContext context)
    {
        var headers = context.Request.Headers;
        return headers.Authorization.Count == 0
            && context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
            && IsLoopbackHost(context.Request.Host.Host)
            && headers.Origin.Count == 0 && !headers.ContainsKey("X-Forwarded-For") && !headers.ContainsKey("Forwarded");
    }

    /// <summary>A token is sent to where the activity says: never to another machine because somebody said so without proof.</summary>
    public static string? RefusalOf(Activity activity) =>
        activity.ServiceUrl is null || (Uri.TryCreate(activity.ServiceUrl, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https") && IsLoopbackHost(url.Host))
            ? null
            : "it has no Authorization header, and its serviceUrl is no web address on this machine";

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var open = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(a => !IsLoopback(a));
        if (!options.Value.AllowAnonymousOnLoopback || open is null)
            return Task.CompletedTask;
        throw new OptionsValidationException(TeamsOptions.Section, typeof(TeamsOptions),
        [
            $"Teams:AllowAnonymousOnLoopback is on, but the bot listens on {open}, which other machines may reach. " +
            "Let it listen on this machine only (Urls: http://127.0.0.1:5080), or set Teams:AllowAnonymousOnLoopback to false.",
        ]);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static bool IsLoopback(string address) => IsLoopbackHost(BindingAddress.Parse(address).Host);

    private static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.TrimStart('[').TrimEnd(']'), out var ip) && IPAddress.IsLoopback(ip));
}
